/** The pause of the queue. */

import type { Database } from '#database/database.ts'
import type { Control } from '#queue/backend.ts'
import type { Pause } from '#queue/contract.ts'
import type { Hints } from './hints.ts'

export function createControl({ run }: Database, clock: () => number, hints: Hints): Control {
  async function read(): Promise<Pause | undefined> {
    const { rows } = await run<{ since: string; by: string | null }>('SELECT since, by FROM docspool.pause')
    const [row] = rows
    return row && { since: row.since, by: row.by }
  }

  return {
    read,

    async pause(by) {
      const mark = { since: new Date(clock()).toISOString(), by: by.slice(0, 500) }
      await run('INSERT INTO docspool.pause (since, by) VALUES ($1, $2) ON CONFLICT DO NOTHING', [mark.since, mark.by])
      hints.send('queue')
      return (await read()) ?? mark
    },

    async resume() {
      const { rows } = await run('DELETE FROM docspool.pause RETURNING since')
      hints.send('queue')
      return rows.length > 0
    },
  }
}
