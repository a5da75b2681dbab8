/** Watches folders for changes. Hints may get lost, so callers also poll. */

import { type FSWatcher, statSync, watch } from 'node:fs'

/** How often to check that the watched folder has not been replaced. */
const REARM_MS = 2_000

/**
 * Call `onHint` when entries of the folder change.
 *
 * Never throws: if the folder is missing or the system has no watches left, there are no hints.
 *
 * @returns A function that stops watching.
 */
export function watchFolder(folder: string, onHint: () => void): () => void {
  let watcher: FSWatcher | undefined
  let watched = ''

  function identify(): string {
    const found = statSync(folder, { throwIfNoEntry: false })
    return found === undefined ? '' : `${found.dev}:${found.ino}`
  }

  function disarm(): void {
    watcher?.close()
    watcher = undefined
    watched = ''
  }

  function arm(): void {
    try {
      const now = identify()
      if (watcher !== undefined && now === watched) return
      disarm()
      if (now === '') return
      watcher = watch(folder, { persistent: false }, onHint)
      watcher.on('error', disarm)
      watched = now
      onHint()
    } catch {
      disarm()
    }
  }

  arm()
  const timer = setInterval(arm, REARM_MS).unref()
  return () => {
    clearInterval(timer)
    disarm()
  }
}
