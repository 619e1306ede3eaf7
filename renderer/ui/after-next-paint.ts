/** No frame comes in a window that is not shown yet: work waits no longer than this for one, ms. */
const mostMs = 250;

/** Runs work once the browser has painted what is there now; the answer calls it off. */
export function afterNextPaint(work: () => void): () => void {
  let timer = setTimeout(begin, mostMs);
  const frame = requestAnimationFrame(() => {
    clearTimeout(timer);
    timer = setTimeout(begin);
  });
  return stop;

  function begin(): void {
    stop();
    work();
  }
  function stop(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }
}
