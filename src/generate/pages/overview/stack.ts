/** Lists the few runtime dependencies of the repository's packages, without those for development, builds, extras and features. */

import type { RootContent } from 'mdast'
import type { Dependency, Ecosystem, Package } from '#generate/model.ts'
import { isNamedAs, publicPackages } from '#generate/pages/public-api/own-packages.ts'
import { isMain } from '#generate/pages/repo-index.ts'
import { few } from '#generate/pages/words.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { code, heading, type Inline, join, list } from '#markdown/build.ts'
import { fold } from '#markdown/folds.ts'

/** A longer list of names, without those of the repository, is not informative. */
const MAX_NAMES = 15
const MAX_PACKAGES = 12
const MAX_GROUPS = 6
/** A manifest without a package counts if at least one in this many files is in its language. */
const MIN_SHARE = 4
/** Matches standard libraries, facades of logging and annotations: a package is not built on these alone. */
const SAYS_LITTLE =
  /^(?:commons-logging:commons-logging|org\.jetbrains:annotations|org\.jetbrains\.kotlin:kotlin-stdlib\S{0,20}|org\.jspecify:jspecify|org\.slf4j:slf4j-api|Microsoft\.CSharp|tslib)$/
/** A section with a line for each package that has dependencies. */
export function stack(writing: Writing): RootContent[] {
  const { sources, subject, texts } = writing
  const own = publicPackages(writing)
  // Programs next to a library are omitted.
  const isBeside = ({ ecosystem, folder, programs, entries }: Package): boolean =>
    folder !== '' &&
    programs.length > 0 &&
    entries.length === 0 &&
    own.some(
      (one) => one.ecosystem === ecosystem && one.folder === '' && one.name !== null && one.programs.length === 0,
    )
  const internal = new Set(writing.packages.map(({ ecosystem, name }) => `${ecosystem} ${name}`))
  const isOwn = ({ ecosystem }: Package, needed: string): boolean => internal.has(`${ecosystem} ${needed}`)
  const artifacts = new Map(
    writing.packages.flatMap(({ ecosystem, name }) =>
      ecosystem === 'maven' && name !== null ? [[name.slice(name.lastIndexOf(':')), name]] : [],
    ),
  )
  const names = new Set(writing.packages.map(({ name }) => name))
  const count = (needed: ReadonlyMap<string, unknown>): number =>
    [...needed.keys()].filter((one) => !names.has(one)).length
  const found = own.flatMap((one) => {
    if (isBeside(one) || isForTools(writing, one) || isSupporting(one)) return []
    const { ecosystem, name, manifest, dependencies } = one
    const others = dependencies
      // `:core` is a project of the same build.
      .flatMap((needed) =>
        needed.name.startsWith(':') ? { ...needed, name: artifacts.get(needed.name) ?? '' } : needed,
      )
      .filter(({ name: needed }) => needed !== name && needed !== '' && !(ecosystem === 'go' && isOwn(one, needed)))
      // It only gives versions.
      .filter(({ name: needed }) => ecosystem !== 'maven' || !/[-_]bom$/.test(needed))
    const required = others.filter(({ kind }) => kind === 'runtime' || kind === 'peer')
    const optional = others.filter(({ kind, group }) => kind === 'optional' && group === null)
    const needed = byName([...required, ...optional])
    return required.every(({ name: needed }) => isOwn(one, needed) || SAYS_LITTLE.test(needed))
      ? []
      : [
          {
            name,
            manifest,
            isMain: isNamedAs(one, subject.name),
            needed: count(needed) > MAX_NAMES ? byName(required) : needed,
          },
        ]
  })
  const listed = found.filter(({ needed }) => count(needed) <= MAX_NAMES)
  // What the main package or the largest ones need is missing: the others are beside the point.
  if (listed.length <= found.length - listed.length || found.some((one) => one.isMain && !listed.includes(one)))
    return []
  const items = listed.map(({ name, manifest, needed }): Inline[] => [
    ...(listed.length > 1 && name !== null
      ? [code(name), ' (', ...sources.file(manifest), ')']
      : sources.file(manifest)),
    texts.colon,
    ...join(labels(writing, needed), texts.comma),
  ])
  const others = items.splice(MAX_PACKAGES)
  return items.length === 0
    ? []
    : [
        heading(2, texts.launch.builtOn),
        list(items),
        ...(others.length === 0 ? [] : fold(texts.moreItems(others.length), [list(others)])),
      ]
}

/** Whether a package is for tests, benchmarks, examples or the website, not a product: `ksp/test-processor`. */
const isSupporting = ({ ecosystem, folder }: Package): boolean =>
  (ecosystem === 'maven' && /(?:^|[/_-])tests?(?:-[\w-]{1,60})?$/i.test(folder)) ||
  /(?:^|[/_-])(?:bench(?:es|marks?|marking)?|demos?|archetypes?|examples?|fake\w{0,20}|mock\w{0,20}|samples?|site|templates?|testing|testkit|website|www)(?:\/|$)/i.test(
    folder,
  )

const LANGUAGES: Readonly<Partial<Record<Ecosystem, RegExp>>> = {
  packagist: /^php$/,
  npm: /^(?:astro|css|html|javascript|jsx|less|mdx|sass|scss|svelte|tsx|typescript|vue)$/,
  pypi: /^(?:cython|jupyter|notebook|python)$/,
  rubygems: /^(?:crystal|erb|haml|ruby|slim)$/,
}

/** Whether a manifest only lists tools, such as a Gemfile in a repository in another language: it names no package, and little of the code is in its language. */
function isForTools({ repo, inventory }: Writing, { ecosystem, folder, name }: Package): boolean {
  const own = LANGUAGES[ecosystem]
  if (own === undefined || name !== null) return false
  const main = inventory.files.filter(({ path }) => isMain(path, repo))
  const needing = main.filter(
    ({ path, language }) => own.test(language ?? '') && (folder === '' || path.startsWith(`${folder}/`)),
  )
  return needing.length === 0 || needing.length < main.length / MIN_SHARE
}

/** Names with their groups, features or platforms; without these if a dependency is also unconditional. */
function byName(dependencies: readonly Dependency[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>()
  const always = new Set<string>()
  for (const { name, kind, group: chosen } of dependencies) {
    const group = chosen ?? (kind === 'runtime' ? null : kind)
    const groups = found.get(name) ?? new Set()
    found.set(name, groups)
    if (group === null) always.add(name)
    else groups.add(group)
  }
  for (const name of always) found.get(name)?.clear()
  return found
}

function labels({ texts }: Writing, names: ReadonlyMap<string, ReadonlySet<string>>): Inline[][] {
  return [...names].map(([name, groups]): Inline[] => {
    const shown = [...groups].map((one): Inline[] => [code(one)])
    return [code(name), ...(shown.length === 0 ? [] : [' (', ...few(shown, MAX_GROUPS, texts), ')'])]
  })
}
