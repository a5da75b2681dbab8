/**
 * Builds the facts of one file from the matches of its language's query. Declarations, scopes and expressions nest by
 * position; one pass over the sorted records determines the nesting.
 */

import type { Matches } from '#generate/analyse/load-matcher.ts'
import { describe } from './describe.ts'
import type { FileFacts } from './facts.ts'
import { FactsDraft } from './facts-draft.ts'
import { fileDoc } from './file-comment.ts'
import { declarationHashes, interfaceHash } from './interface.ts'
import { countArguments, linkDecl, linkExpr } from './link.ts'
import { place } from './place.ts'
import { placeUses } from './place-uses.ts'
import type { Prepared, ReadRules } from './read-rules.ts'
import { readRecords } from './records.ts'

/**
 * @param matches - The file's nodes and the query's matches.
 * @param language - As in `SourceFile.language`.
 * @param prepared - The text that was parsed, if it differs from the original.
 * @throws {Error} The query uses an unknown capture.
 */
export function collect(
  text: string,
  path: string,
  matches: Matches,
  rules: ReadRules,
  language: string,
  prepared: Prepared = { text, refs: [] },
): FileFacts {
  const nodeCount = matches.nodes.size + prepared.refs.length + (prepared.comments?.length ?? 0)
  const draft = new FactsDraft(text, path, readRecords(matches, prepared), nodeCount, rules, prepared.text)
  place(draft)
  for (const { record, index } of draft.exprRecords) linkExpr(draft, record, index)
  for (const [index, record] of draft.declRecords.entries()) linkDecl(draft, record, index)
  const blocks = placeUses(draft, matches, language)
  countArguments(draft)
  for (const [index, record] of draft.declRecords.entries()) describe(draft, record, index)
  const facts: FileFacts = {
    strings: draft.strings.all,
    decls: draft.decls.done(),
    scopes: draft.scopes.done(),
    exprs: draft.exprs.done(),
    lists: draft.lists.done(),
    imports: draft.imports,
    packageName: draft.packageName,
    fileDoc: fileDoc(draft),
    hasError: matches.nodes.hasError,
    notes: draft.notes,
    interface: '',
    reads: null,
    blocks,
    lines: new Int32Array(draft.lines.starts),
  }
  draft.rules.finish?.(facts, draft.text)
  facts.interface = interfaceHash(draft)
  if (draft.rules.bareName !== undefined) facts.hashes = declarationHashes(draft, facts)
  return facts
}
