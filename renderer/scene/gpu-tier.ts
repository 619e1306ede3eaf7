/** Whether a graphics card draws, or a program that pretends to be one: then far fewer points are affordable. */

const softwareNames = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export function isSoftwareRenderer(name: string): boolean {
  return softwareNames.test(name);
}

export function rendererName(gl: WebGL2RenderingContext): string {
  // Firefox answers by RENDERER alone and warns about the extension; Chromium hides the name there.
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
