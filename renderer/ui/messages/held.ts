/** Inputs that are held. */
export const heldMessages = {
  "held.by.hold": "held",
  "held.by.last frame": "last frame",
  "held.count": "{count} {count|voxel|voxels}",
  "held.endless": "until it is released or other input comes",
  "held.hold": "Hold",
  "held.holdNote": "Holding repeats this frame in every burst, as if the sensor still sent it, until other input for the area comes.",
  "held.list": "Held inputs",
  "held.mark": "held",
  "held.release": "Release the held input of {name}",
  "held.since": "since burst {burst}",
  "held.title": "A frame is held for this input area",
  "held.until": "until burst {burst}",
} as const;
