/** Shares folder syncs between callers: all calls during a sync share the next one. */

import { syncFolder } from '#base/files.ts'

interface Round {
  running: Promise<void>
  next: Promise<void> | undefined
}

/**
 * Returns a function that makes the current entries of a folder durable.
 *
 * @param sync - Syncs one folder.
 */
export function createGroupSync(sync: (folder: string) => Promise<void> = syncFolder) {
  const rounds = new Map<string, Round>()

  function begin(folder: string): Promise<void> {
    const round: Round = { running: Promise.resolve(), next: undefined }
    rounds.set(folder, round)
    round.running = sync(folder).finally(() => {
      if (rounds.get(folder) === round && round.next === undefined) rounds.delete(folder)
    })
    return round.running
  }

  return function groupSync(folder: string): Promise<void> {
    const round = rounds.get(folder)
    if (round === undefined) return begin(folder)
    round.next ??= round.running.then(
      () => begin(folder),
      () => begin(folder),
    )
    return round.next
  }
}

export type GroupSync = ReturnType<typeof createGroupSync>
