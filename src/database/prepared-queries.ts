/** Runs statements whose plan the server keeps. Once a pooler has lost one, all are run unprepared. */

import type pg from 'pg'
import { sha256Of } from '#base/sha256.ts'
import { isNotPrepared } from './retried-errors.ts'

export class PreparedQueries {
  #mayPrepare = true
  readonly #names = new Map<string, string>()

  async run<Row extends object>(client: pg.ClientBase, text: string, values: unknown[]): Promise<Row[]> {
    try {
      if (this.#mayPrepare) {
        const named = { name: this.#nameOf(text), text, values }
        return (await client.query<Row & pg.QueryResultRow>(named)).rows
      }
    } catch (error) {
      if (!isNotPrepared(error)) throw error
      this.#mayPrepare = false
    }
    return (await client.query<Row & pg.QueryResultRow>(text, values)).rows
  }

  /** Depends on the text alone, because through a pooler, clients of other versions may have used the same session. */
  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `docspool_${sha256Of(text).slice(0, 32)}`
    this.#names.set(text, name)
    return name
  }
}
