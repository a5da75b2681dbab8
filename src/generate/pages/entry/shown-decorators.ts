/** The decorators, annotations and attributes that matter to users: not those for tools and editors. */

import { SETS_FIELD } from '#generate/attributes.ts'
import type { Component } from '#generate/model.ts'

const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'trait', 'enum', 'type'])
/** In these languages, decorators of all kinds of definitions are shown. */
const ALL_SHOWN = /\.(?:pyi?|[cm]?[jt]sx?|svelte|vue)$/
/** Matches the start of a decorator, up to its name: `@Mojo(…)`, `#[derive(…)]`, `[Flags]`, `@field:Input`. */
const NAME = /^(?:@(?:\w{1,20}:)?|#?!?\[{1,2}\\?)(?:\w{1,60}(?:\.|::)){0,8}(\w{1,60})/
/** Attributes for tools and editors, conditions, and those that are shown as a deprecation. */
const FOR_TOOLS =
  /^(?:PublicAPI|UsedImplicitly|EditorBrowsable|Exclude\w*|Debugger\w*|CompilerGenerated|Generated\w*|Suppress\w*|SafeVarargs|Obsolete|[Dd]eprecated|available|Null\w*|NonNull\w*|MeansImplicitUse|Embedded|CheckReturnValue|CanIgnoreReturnValue|VisibleForTesting|allow|expect|warn|deny|cfg|doc|inline|cold|project|project_replace)(?:Attribute)?$/
const OF_TOOL = /^#!?\[(?:rustfmt|clippy)::/
/** Attributes that require something of callers, such as to opt in: `@ExperimentalStdlibApi`. */
const FOR_CALLERS = /^(?:must_use|(?:Delicate|Experimental)\w*)$/

/** In the order of the code. */
export function shownDecorators({ kind, file, decorators = [] }: Component): string[] {
  if (ALL_SHOWN.test(file)) return decorators
  return decorators.filter((text) => {
    const name = NAME.exec(text)?.[1] ?? ''
    if (name === 'cfg_attr') return TYPES.has(kind) && text.includes('derive(')
    if (TYPES.has(kind)) return name !== '' && !FOR_TOOLS.test(name) && !OF_TOOL.test(text)
    return (kind === 'field' ? SETS_FIELD : FOR_CALLERS).test(name)
  })
}
