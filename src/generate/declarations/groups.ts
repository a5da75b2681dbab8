/** Groups the declarations of a repository that form one component. */

import { push } from '#base/multimap.ts'
import { type Component, compareText, type SourceFile } from '#generate/model.ts'
import { folderOf } from '#generate/paths.ts'
import { bestFirst } from './main-declaration.ts'
import { functionGroups, platformGroups } from './same-member.ts'

const TYPES = new Set<Component['kind']>(['class', 'struct', 'interface', 'namespace'])
const NAMESPACE = /^[\uFEFF \t]*namespace[ \t]+([\w.]+)/m
const PROJECT = /\.csproj$/
/** Kinds with a tag in C, which a `typedef` turns into a plain name: `typedef struct orbit {…} orbit`. */
const TAGGED = new Set<Component['kind']>(['struct', 'enum'])
const TYPEDEF = /^typedef\s+(?:struct|union|enum)\s+(\w+)\b(\s*\{)?/

export interface Groups {
  /** Groups of two or more declarations in code that form one component, the main declaration first. */
  readonly merged: readonly (readonly Component[])[]
  /** The main declaration in the code, keyed by the id of its repetition in tests and examples. */
  readonly repeated: ReadonlyMap<string, Component>
}

/** @param membersOf - The declaration's own members. */
export function groupsOf(
  components: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
  membersOf: (id: string) => readonly Component[],
): Groups {
  const keyOf = keysOf(files)
  const byKey = new Map<string, Component[]>()
  for (const component of components) {
    const key = keyOf(component)
    if (key !== undefined) push(byKey, key, component)
  }
  const merged = [...functionGroups(components, files), ...platformGroups(components, files)]
  const repeated = new Map<string, Component>()
  for (const [key, all] of byKey) {
    // Several definitions are different types, one in each branch of an `#if`.
    if (key.startsWith('c ') && all.filter(({ kind }) => kind !== 'type').length !== 1) continue
    const isTestOrExample = ({ file }: Component): boolean => /^(?:test|example)$/.test(files.get(file)?.role ?? '')
    const [code, testsAndExamples] = [all.filter((one) => !isTestOrExample(one)), all.filter(isTestOrExample)]
    const [main, ...others] = compatible(bestFirst(code, membersOf), files, membersOf)
    if (main === undefined) continue
    if (others.length > 0) merged.push([main, ...others])
    for (const one of testsAndExamples) repeated.set(one.id, main)
  }
  return { merged: merged.sort(([a], [b]) => compareText(a?.id ?? '', b?.id ?? '')), repeated }
}

/** Returns a function to the key that declarations of one component share; `undefined` for kinds declared only once. */
function keysOf(files: ReadonlyMap<string, SourceFile>): (component: Component) => string | undefined {
  const projects = new Set([...files.keys()].filter((path) => PROJECT.test(path)).map(folderOf))
  const namespaces = new Map<string, string>()
  const namespaceOf = (path: string): string => {
    const found = namespaces.get(path) ?? NAMESPACE.exec(files.get(path)?.text ?? '')?.[1] ?? ''
    namespaces.set(path, found)
    return found
  }
  return ({ kind, name, qualifiedName, signature, file, parent, label }) => {
    const isOfC = /^c(?:pp)?$/.test(files.get(file)?.language ?? '')
    if (isOfC && TAGGED.has(kind)) return `c ${parent ?? file} ${qualifiedName}`
    const tag = isOfC && kind === 'type' ? tagOf(signature, name) : undefined
    if (tag !== undefined) return `c ${parent ?? file} ${qualifiedName.slice(0, -name.length)}${tag}`
    if (!TYPES.has(kind)) return undefined
    switch (files.get(file)?.language) {
      case 'ruby':
        return `ruby ${kind} ${qualifiedName}`
      case 'csharp':
        return /\bpartial\b/.test(signature)
          ? ['csharp', kind, projectOf(file, projects), namespaceOf(file), label ?? qualifiedName].join(' ')
          : undefined
      case 'c':
      case 'cpp':
        return kind === 'namespace' ? `cpp namespace ${qualifiedName}` : undefined
      // An interface merges with a class, a namespace with either of them.
      case 'typescript':
      case 'tsx':
        return `typescript ${parent ?? file} ${qualifiedName}`
      default:
        return undefined
    }
  }
}

const lettersOf = (name: string): string => name.replaceAll('_', '')

/** The tag that a `typedef` turns into its name; one that it also defines may differ by underscores: `typedef struct leg_ {…} leg`. */
function tagOf(signature: string, name: string): string | undefined {
  const [, tag = '', body] = TYPEDEF.exec(signature) ?? []
  const isSame = tag === name || (body !== undefined && lettersOf(tag) === lettersOf(name))
  return isSame && tag !== '' ? tag : undefined
}

/** The nearest enclosing folder that holds a project. */
function projectOf(file: string, projects: ReadonlySet<string>): string {
  for (let folder = folderOf(file); ; folder = folderOf(folder)) {
    if (projects.has(folder) || folder === '') return folder
  }
}

/** In Ruby, declarations in other files that define a method again belong to another program or platform. */
function compatible(
  declarations: readonly Component[],
  files: ReadonlyMap<string, SourceFile>,
  membersOf: (id: string) => readonly Component[],
): Component[] {
  const taken = new Set<string>()
  return declarations.filter(({ id, file }) => {
    if (files.get(file)?.language !== 'ruby') return true
    const own = membersOf(id).flatMap(({ kind, name, signature }) =>
      kind === 'method' || kind === 'function' ? [`${/^def self\./.test(signature)} ${name}`] : [],
    )
    if (own.some((name) => taken.has(name))) return false
    for (const name of own) taken.add(name)
    return true
  })
}
