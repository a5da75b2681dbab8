/** Loaded first: SIGUSR2 stops all JavaScript of the process for twenty seconds, as an endless loop in it would. */
const BLOCK_MS = 20_000

process.on('SIGUSR2', () => {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, BLOCK_MS)
})
