/** Parses texts and runs a language's query on them. */

import { Deadline } from '#base/deadline.ts'
import { runWithTimeLimit } from '#base/interruptible.ts'
import { compileQuery } from './query/compile.ts'
import { match, type TakeMatch, TooSlow } from './query/match.ts'
import { readQuery } from './query/read-query.ts'
import { failureOf, type ReadFailure } from './read-failure.ts'
import type { Nodes } from './tree/nodes.ts'
import { loadGrammar, type Names, nodes } from './tree-sitter.ts'

/** A grammar and a query over its trees. */
export interface QueryChoice {
  /** The npm package and the file of its grammar. */
  readonly wasm: string
  /** SHA-256 of that file, hex. */
  readonly sha256: string
  /** The text of the query. */
  readonly query: string
}

/** A loaded grammar with its query. */
export interface Matcher {
  /**
   * Parse a text and read the query's matches in it. A leading byte order mark must be gone.
   *
   * @param deadlineMs - Time that parsing and matching may take, each.
   * @param read - Called with nodes that are those of the next text afterwards; when it throws, the text has `failed`.
   */
  match<T>(text: string, deadlineMs: number, read: (matches: Matches) => T): Promise<T | ReadFailure>
}

/** A parsed text and what a query finds in it. */
export interface Matches {
  readonly nodes: Nodes
  /** Names of captures, by index. */
  readonly captures: readonly string[]
  /** What the grammar calls its nodes. */
  readonly names: Names
  /** Call `take` with each match. */
  each(take: TakeMatch): void
}

/**
 * Load a grammar and a query for it. Load all that will be needed before the first parse.
 *
 * @throws {Error} As `loadGrammar`.
 * @throws {BadQuery} The query does not fit the grammar.
 */
export async function loadMatcher(choice: QueryChoice): Promise<Matcher> {
  const grammar = await loadGrammar(choice.wasm, choice.sha256)
  const query = compileQuery(readQuery(choice.query), grammar.names)
  return {
    async match(text, deadlineMs, read) {
      const failure = await grammar.parse(text, deadlineMs)
      if (failure !== undefined) return failure
      const deadline = new Deadline(deadlineMs)
      try {
        const each = (take: TakeMatch): void => match(query, nodes, text, deadline, take)
        return runWithTimeLimit(deadlineMs, () => read({ nodes, captures: query.captures, names: grammar.names, each }))
      } catch (error) {
        return error instanceof TooSlow ? 'too slow' : failureOf(error)
      }
    },
  }
}
