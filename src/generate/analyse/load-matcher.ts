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
export interface GrammarQuery {
  /** The npm package and path of its grammar. */
  readonly wasm: string
  /** SHA-256 of that file in hexadecimal. */
  readonly sha256: string
  readonly query: string
}

/** A loaded grammar with its query. */
export interface Matcher {
  /**
   * Parses a text and reads the query's matches in it. The text must not begin with a byte order mark.
   *
   * @param timeoutMs - Time limit for parsing and for matching, each.
   * @param read - The nodes are valid only during the call. If it throws, the result is `failed`.
   */
  match<T>(text: string, timeoutMs: number, read: (matches: Matches) => T): Promise<T | ReadFailure>
}

/** A parsed text and the query's matches in it. */
export interface Matches {
  readonly nodes: Nodes
  /** Names of captures by index. */
  readonly captures: readonly string[]
  /** The grammar's names of its nodes. */
  readonly names: Names
  each(take: TakeMatch): void
}

/**
 * Loads a grammar and a query for it. Load all that will be needed before the first parse.
 *
 * @throws {Error} As `loadGrammar`.
 * @throws {BadQuery} The query is invalid for the grammar.
 */
export async function loadMatcher(choice: GrammarQuery): Promise<Matcher> {
  const grammar = await loadGrammar(choice.wasm, choice.sha256)
  const query = compileQuery(readQuery(choice.query), grammar.names)
  return {
    match: (text, timeoutMs, read) =>
      grammar.parse(text, timeoutMs, () => {
        const deadline = new Deadline(timeoutMs)
        try {
          const each = (take: TakeMatch): void => match(query, nodes, text, deadline, take)
          return runWithTimeLimit(timeoutMs, () =>
            read({ nodes, captures: query.captures, names: grammar.names, each }),
          )
        } catch (error) {
          return error instanceof TooSlow ? 'too slow' : failureOf(error)
        }
      }),
  }
}
