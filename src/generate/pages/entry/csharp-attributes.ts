/** Finds attributes of C# types that matter to users, such as `[Flags]` and `[AttributeUsage(…)]`. */

import type { Component } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'

const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'enum'])
const ATTRIBUTE = /^\[(?!assembly:|module:)(\w{1,60})\b[^[\]]{0,160}\]$/
/** Attributes for tools and editors, and `Obsolete`, which is shown as a deprecation. */
const FOR_TOOLS =
  /^(?:PublicAPI|UsedImplicitly|EditorBrowsable|Exclude\w*|Debugger\w*|CompilerGenerated|GeneratedCode|SuppressMessage|Obsolete|NullableContext|Nullable|MeansImplicitUse|Embedded)(?:Attribute)?$/
const MAX_LINES = 6

export function attributesOf(repo: RepoIndex, { kind, file, startLine, endLine }: Component): string[] {
  if (!TYPES.has(kind) || repo.files.get(file)?.language !== 'csharp') return []
  const found: string[] = []
  for (const line of codeLines(repo, file, startLine, Math.min(endLine, startLine + MAX_LINES))) {
    const [whole, name = ''] = ATTRIBUTE.exec(line.trim()) ?? []
    if (whole === undefined) break
    if (!FOR_TOOLS.test(name)) found.push(whole)
  }
  return found
}
