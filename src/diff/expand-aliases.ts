/** Replaces aliases of types in Go and TypeScript, so that introducing or inlining an alias is not a change. */

import type { ApiDefinition } from '#store/public-api.ts'
import { folderOf } from './definition-index.ts'
import { isTypeScript } from './language-rules.ts'
import type { Indexes, Pair } from './members.ts'

/** Matches a string literal or the name of a type. */
const TEXT_OR_NAME = /"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|(?<![\w$.])[A-Z][\w$]{0,200}(?![\w$]|[?:(])/g

/** Both definitions, with each alias that only one of the versions declares replaced by its type. */
export function expandAliases({ before, after, language }: Pair, indexes: Indexes): [ApiDefinition, ApiDefinition] {
  const isGo = language === 'go'
  if (!isGo && !isTypeScript(language)) return [before, after]
  const [old, now] = isGo
    ? [indexes.before.goAliasesIn(folderOf(before.file)), indexes.after.goAliasesIn(folderOf(after.file))]
    : [indexes.before.aliases, indexes.after.aliases]
  const expand = (
    definition: ApiDefinition,
    other: ApiDefinition,
    own: ReadonlyMap<string, string>,
    others: ReadonlyMap<string, string>,
  ): ApiDefinition => {
    // A name in both signatures is not expanded: it may be a type parameter.
    const shared = new Set(other.signature.match(TEXT_OR_NAME))
    const signature = definition.signature.replace(TEXT_OR_NAME, (name) => {
      const value = shared.has(name) || others.has(name) || name === definition.name ? undefined : own.get(name)
      return value === undefined ? name : isGo ? value : `(${value})`
    })
    return signature === definition.signature ? definition : { ...definition, signature }
  }
  return [expand(before, after, old, now), expand(after, before, now, old)]
}
