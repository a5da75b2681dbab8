/** Work on one file that may fail without failing the others. */

/** @returns What the work gives, or `undefined` where it fails: an error of ours, or a stack that was not deep enough. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
