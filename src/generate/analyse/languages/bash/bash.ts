/** Rules for reading shell scripts. `linker.ts` resolves names. */

import { withoutOldQuotes } from '#generate/analyse/doc-markup.ts'
import { Flag } from '#generate/analyse/engine/facts.ts'
import type { LanguageSpec } from '#generate/analyse/engine/language.ts'
import type { DeclarationText, Description, ReadRules } from '#generate/analyse/engine/read-rules.ts'
import { isForTools } from '#generate/tool-comments.ts'
import { bashLinking } from './linker.ts'
import { withPlainPatterns } from './plain-patterns.ts'
import { sourcedPath } from './script-paths.ts'
import { callHandlers, handlersIn } from './trap-handlers.ts'
import { moveHeaders, readUsageComments } from './usage-comments.ts'

const reading: ReadRules = {
  describe,
  doc,
  readImports: (text) => {
    const path = sourcedPath(text.replace(/^[\s\S]*?(?:\bsource|(?:^|\s)\\?\.)\s+/, ''))
    return path === null ? [] : [{ path, kind: 'source' }]
  },
  prepare: (text) => ({ text: withPlainPatterns(text), refs: handlersIn(text) }),
  finish(facts, text) {
    callHandlers(facts, text)
    readUsageComments(facts, text)
    moveHeaders(facts)
  },
  signature: ({ kind, name, header }) => (kind === 'function' ? `${name}()` : header),
}

export const bash: LanguageSpec = {
  language: 'bash',
  wasm: 'tree-sitter-bash/tree-sitter-bash.wasm',
  sha256: '8292919c88a0f7d3fb31d0cd0253ca5a9531bc1ede82b0537f2c63dd8abe6a7a',
  query: new URL('./query.scm', import.meta.url),
  reading,
  linking: bashLinking,
}

/** Everything is public: a script that sources another sees all of its declarations. */
function describe({ kind }: DeclarationText): Description {
  // `$name` never refers to a function.
  return { visibility: 'public', isExported: true, flags: kind === 'function' ? Flag.special : 0 }
}

/** The comment lines before, without rulers and directives for tools. */
function doc(comments: readonly string[]): string | null {
  const lines = comments
    .filter((comment) => !/^#!|^#[ \t]+!\//.test(comment) && !isForTools(comment))
    .map((comment) => comment.replace(/^#+ ?/, '').trimEnd())
    .filter((line) => !/^[#=*~-]{3,}$/.test(line))
  // `# Summary: List the versions` is the sentence of a command's help.
  return (
    withoutOldQuotes(
      lines
        .join('\n')
        .trim()
        .replace(/^Summary:\s{1,9}/, ''),
    ) || null
  )
}
