/** The one WebGL 2 renderer of the window, and whether a graphics card is behind it or a program that pretends to be one. */
import * as THREE from "three";

const softwareNames = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export function isSoftwareRenderer(name: string): boolean {
  return softwareNames.test(name);
}

/** Null where the browser gives no WebGL 2. */
export function createRenderer(canvas: HTMLCanvasElement): { renderer: THREE.WebGLRenderer | null; software: boolean } {
  // Colours are the theme's own values, not light to be converted.
  THREE.ColorManagement.enabled = false;
  const trial = document.createElement("canvas").getContext("webgl2");
  if (!trial) return { renderer: null, software: false };
  const software = isSoftwareRenderer(rendererName(trial));
  trial.getExtension("WEBGL_lose_context")?.loseContext();
  try {
    // Smoothing is the dearest thing a software rasteriser can be asked for.
    const renderer = new THREE.WebGLRenderer({ canvas, antialias: !software, powerPreference: "high-performance" });
    renderer.outputColorSpace = THREE.LinearSRGBColorSpace;
    return { renderer, software };
  } catch {
    return { renderer: null, software };
  }
}

export function rendererName(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension("WEBGL_debug_renderer_info");
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}
