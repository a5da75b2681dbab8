/**
 * Extracts the script of a single-file component. Everything else is replaced with spaces to keep lines and positions.
 * Then appends what the component's compiler adds: a default export with the imported components that the template
 * uses.
 */

import { capital } from '#base/capital.ts'
import { ts } from '#generate/analyse/compiler.mjs'
import { type Markup, readMarkup, type Tag } from './markup.ts'
import { isNativeElement } from './native-elements.ts'

/** The components used in a template. */
export interface TemplateTags {
  /** The offset of the appended text; each name in it represents the tags in the template. */
  readonly end: number
  /** Positions of tag names in the file, keyed by the component's name in the script. */
  readonly tags: ReadonlyMap<string, readonly number[]>
}

export interface ComponentScript {
  language: 'typescript' | 'tsx' | 'javascript'
  text: string
  template: TemplateTags
}

/** Limit on the components that a template uses. */
const MAX_USED = 200

export function componentScript(text: string, language: 'vue' | 'svelte'): ComponentScript {
  const markup = readMarkup(text, language)
  const inline = markup.scripts.filter(({ tag }) => !tag.attributes.has('src'))
  const scripts = inline.filter(({ tag }) => isScript(tag))
  const scriptLanguage = languageOf(scripts.map(({ tag }) => tag))
  let code = ''
  let at = 0
  for (const { start, end } of scripts) {
    code += blank(text.slice(at, start)) + text.slice(start, end)
    at = end
  }
  code += blank(text.slice(at))
  const tree = parse(code, SCRIPT_NAMES[scriptLanguage])
  const hasDefault = tree?.statements.some((one) => ts.isExportAssignment(one) || isDefault(one))
  const isSetup = language === 'svelte' || scripts.some(({ tag }) => tag.attributes.has('setup'))
  const imported = isSetup && tree !== undefined ? importedNames(tree) : new Set<string>()
  const tags = usedComponents(markup, imported, language)
  const list = `[${[...tags.keys()].sort().join(', ')}]`
  const added = hasDefault ? (tags.size === 0 ? '' : `void ${list}`) : `export default ${list}`
  // The last line break is removed, so that the appended text does not add a line.
  const own = withoutLastComment(code.replace(/\r?\n$/, ' '), tree)
  // After a line break, a semicolon would make the last statement span more lines.
  const isEnded = own.includes('\n', own.trimEnd().length)
  return {
    language: scriptLanguage,
    text: `${own}${isEnded ? '' : ';'}${added}`,
    template: { end: own.length, tags },
  }
}

const SCRIPT_NAMES = { typescript: 'script.ts', tsx: 'script.tsx', javascript: 'script.jsx' } as const

function languageOf(scripts: readonly Tag[]): ComponentScript['language'] {
  const stated = scripts.flatMap(({ attributes }) => [attributes.get('lang') ?? '', attributes.get('type') ?? ''])
  if (stated.includes('tsx')) return 'tsx'
  return stated.some((one) => one === 'ts' || one.includes('typescript')) ? 'typescript' : 'javascript'
}

/** Blanks a line comment that has no line break after it, because it would contain the appended text. */
function withoutLastComment(code: string, tree: ts.SourceFile | undefined): string {
  const from = tree?.endOfFileToken.pos ?? code.length
  const comments = [
    ...(ts.getTrailingCommentRanges(code, from) ?? []),
    ...(ts.getLeadingCommentRanges(code, from) ?? []),
  ]
  const last = comments.find(({ kind, end }) => kind === ts.SyntaxKind.SingleLineCommentTrivia && end === code.length)
  return last === undefined ? code : code.slice(0, last.pos) + blank(code.slice(last.pos))
}

/** Returns `undefined` for code that is nested too deeply, which the analyser reports itself. */
function parse(code: string, name: string): ts.SourceFile | undefined {
  try {
    return ts.createSourceFile(name, code, ts.ScriptTarget.ESNext, false)
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function isScript({ attributes }: Tag): boolean {
  const type = attributes.get('type') ?? ''
  const lang = attributes.get('lang') ?? ''
  return (
    /^(?:|module|(?:text|application)\/(?:java|type|ecma)script|ts)$/.test(type) &&
    /^(?:|[jt]sx?|typescript|javascript)$/.test(lang)
  )
}

function isDefault(statement: ts.Statement): boolean {
  if (ts.isExportDeclaration(statement)) {
    const { exportClause } = statement
    return (
      exportClause !== undefined &&
      ts.isNamedExports(exportClause) &&
      exportClause.elements.some((one) => one.name.text === 'default')
    )
  }
  const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : []
  return modifiers.some((one) => one.kind === ts.SyntaxKind.DefaultKeyword)
}

/** The local names of imported values; types are not components. */
function importedNames(tree: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>()
  for (const statement of tree.statements) {
    const clause = ts.isImportDeclaration(statement) ? statement.importClause : undefined
    if (clause === undefined || clause.isTypeOnly) continue
    if (clause.name !== undefined) names.add(clause.name.text)
    const bindings = clause.namedBindings
    if (bindings === undefined) continue
    if (ts.isNamespaceImport(bindings)) names.add(bindings.name.text)
    else for (const element of bindings.elements) if (!element.isTypeOnly) names.add(element.name.text)
  }
  return names
}

/** Replaces everything but line breaks with spaces, in UTF-16 code units. */
function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ')
}

/** Imported names used as tags: in Vue also in the form `child-item`, in Svelte only with a capital or a dot; never native elements. */
function usedComponents(
  markup: Markup,
  imported: ReadonlySet<string>,
  language: 'vue' | 'svelte',
): Map<string, number[]> {
  const used = new Map<string, number[]>()
  for (const { name, start } of markup.tags) {
    const [first = ''] = name.split('.')
    const candidates = language === 'vue' ? [first, camelOf(first), capital(camelOf(first))] : [first]
    const isElement = language === 'svelte' ? /^[a-z]/.test(name) && !name.includes('.') : isNativeElement(name)
    const found = isElement ? undefined : candidates.find((one) => imported.has(one))
    if (found === undefined) continue
    const tags = used.get(found) ?? []
    if (tags.length === 0 && used.size >= MAX_USED) continue
    used.set(found, tags)
    tags.push(start + 1)
  }
  return used
}

function camelOf(name: string): string {
  return name.replace(/-([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
