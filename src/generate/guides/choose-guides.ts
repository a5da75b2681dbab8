/** Chooses the documents that are written for people, and finds old versions and translations among them. */

import { push } from '#base/multimap.ts'
import type { GuideGap } from '#generate/guide-model.ts'
import { compareText, type SourceFile } from '#generate/model.ts'
import { folderOf, foldersAround, inFolder, nameOf, README } from '#generate/paths.ts'
import { readFrontMatter } from './front-matter.ts'

export interface Chosen {
  /** Sorted by path. */
  files: SourceFile[]
  leftOut: Map<GuideGap, string[]>
}

/** Limits for one repository: the number of documents, and the characters of all of them. */
const MAX_GUIDES = 300
const MAX_CHARACTERS = 3_000_000
/** Longer documents are truncated and count with this length. */
export const MAX_GUIDE = 200_000

/** Limit on the characters read of a document to find its front matter. */
const MAX_HEAD = 2000

const DOCUMENT = /\.(?:md|mdx|markdown|rst|rdoc|adoc|asciidoc|ipynb)$/i
/** Paths of files for programs, templates of a code host, and boilerplate. */
const NO_GUIDE =
  /(?:^|\/)(?:agents|claude|gemini|copilot-instructions|licen[cs]es?|copying|notice|(?:mr|pr|merge[_-]?request|pull[_-]?request)[_-]?(?:body|description|draft|message|template|text)|issue_template|summary|nav|_sidebar|_navbar|_coverpage|404)\.\w+$|^\.|\/\.|(?:^|\/)(?:_templates?|fixtures?|testdata|test-data|__snapshots__|partials|_?includes|snippets|node_modules|licenses)\//i
/** Documents about templates, or templates of documents. */
const TEMPLATES = /(?:^|\/)templates?\/|[-_]templates?\/(?!readme\.)/i
const DOCUMENTATION = /^(?:[^/]+\/)*?(?:docs?|documentation|guides?|manual|website|content)\//i
/** A file with one entry of a changelog: `changelog/123.bugfix.rst`, `newsfragments/+x.feature.md`. */
const NEWS_FRAGMENT =
  /(?:^|\/)(?:changelog(?:s|\.d)?|changes|news|newsfragments|news\.d)\/(?:[^/]+\/)?(?:[+\w-]{1,60}\.[a-z]{2,20}(?:\.\d{1,3})?|_?template)\.(?:md|rst)$/i
const LANGUAGE =
  /^(?:ar|be|bg|bn|ca|cs|da|de|el|eo|es|et|fa|fi|fr|he|hi|hr|hu|hy|id|it|ja|jp|ka|kk|ko|kr|lt|lv|ml|mr|ms|my|nb|nl|no|pl|pt|ro|ru|sk|sl|sr|sv|ta|te|th|tr|uk|ur|uz|vi|zh|cn|tw|em)(?:[-_](?:[a-z]{2,4}|\d{3}))?$/i
const ENGLISH = ['en', 'en-us', 'en-US', 'en_US', 'en-gb']
const VERSION = /^(?:v|version[-_]?)?(\d+(?:[._](?:\d+|x))*)(?:[._-]x)?$/i

function isGuideFile({ path, text, role, generated, vendored }: SourceFile): boolean {
  return (
    text !== null &&
    DOCUMENT.test(path) &&
    role !== 'test' &&
    (role !== 'example' || /(?:^|\/)readme\.\w+$|\.ipynb$/i.test(path)) &&
    !generated &&
    !vendored &&
    (README.test(path) || !NO_GUIDE.test(path)) &&
    (!TEMPLATES.test(path) || isAboutTemplates(path, text)) &&
    !NEWS_FRAGMENT.test(path)
  )
}

/** Whether a document in a folder `templates` of the documentation has a title of its own, not one to be filled in. */
function isAboutTemplates(path: string, text: string): boolean {
  // Documents that a program shows to its users are among the templates of its pages: `templates/docs/api.md`.
  if (SHOWN_DOCUMENT.test(path)) return /^# [^\n{}<$%]{1,100}\n/.test(text) && !isFilledIn(text.slice(0, 500))
  const { title } = DOCUMENTATION.test(path.replace(/(?:^|\/)templates?\/.*/i, '/'))
    ? readFrontMatter(text.slice(0, MAX_HEAD)).matter
    : { title: null }
  return title !== null && /^[\p{L}\p{N}]/u.test(title) && !isFilledIn(title)
}

const SHOWN_DOCUMENT = /(?:^|\/)templates\/docs\/[^/]+\.md$/
const isFilledIn = (text: string): boolean => /\{\{|<%|\$\{/.test(text)

export function chooseGuides(files: readonly SourceFile[]): Chosen {
  const leftOut: Chosen['leftOut'] = new Map()
  const all = files.filter(isGuideFile)
  const tree = new Tree(all.map(({ path }) => path))
  const gaps = new Map<string, GuideGap | null>()
  const current = all.filter(({ path }) => {
    const gap = gapOf(path, tree, gaps)
    if (gap === null) return true
    push(leftOut, gap.kind, gap.what)
    return false
  })
  const ranked = [...current].sort((a, b) => rankOf(a.path) - rankOf(b.path) || compareText(a.path, b.path))
  const kept = new Set<SourceFile>()
  let left = MAX_CHARACTERS
  for (const file of ranked) {
    const size = Math.min(MAX_GUIDE, file.bytes)
    if (kept.size >= MAX_GUIDES || size > left) {
      push(leftOut, 'too many', file.path)
      continue
    }
    left -= size
    kept.add(file)
  }
  for (const [kind, list] of leftOut) leftOut.set(kind, [...new Set(list)].sort(compareText))
  return { files: current.filter((file) => kept.has(file)), leftOut }
}

/** Documents at the top level first, then folders of documents, then documents beside code. */
function rankOf(path: string): number {
  const depth = path.split('/').length
  if (depth === 1) return 0
  return depth + (/^(?:docs?|documentation|guide|guides|book|website|site|manual)\//i.test(path) ? 0 : 10)
}

type Gap = { kind: GuideGap; what: string } | null

/** The outermost folder that makes a document an old version or a translation. */
function gapOf(path: string, tree: Tree, known: Map<string, GuideGap | null>): Gap {
  for (const folder of foldersAround(path).reverse()) {
    let kind = known.get(folder)
    if (kind === undefined) {
      kind = kindOf(folder, tree)
      known.set(folder, kind)
    }
    if (kind !== null) return { kind, what: folder }
  }
  const [, base = '', sign = '', code = '', end = ''] =
    /^(.{1,200}?)([-_.])([a-z]{2}(?:[-_][a-z]{2,4})?)(\.\w+)$/i.exec(nameOf(path)) ?? []
  if (!LANGUAGE.test(code)) return null
  // `doc/README-fr.md` translates the README of the folder above.
  const homes = [folderOf(path), ...(/^readme$/i.test(base) ? foldersAround(path).map(folderOf) : [])]
  // `keys_pl.md` also translates `keys_en.md`.
  const originals = [base, ...ENGLISH.map((english) => base + sign + english)].map((name) => name + end)
  const isTranslation = homes.some((home) => originals.some((name) => tree.has(inFolder(home, name))))
  return isTranslation ? { kind: 'translations', what: path } : null
}

function kindOf(folder: string, tree: Tree): GuideGap | null {
  const [name, parent] = [nameOf(folder), folderOf(folder)]
  if (/^versioned[-_]docs$/i.test(name)) return 'other versions'
  const isEnglish = ENGLISH.includes(name)
  if (/(?:^|\/)(?:i18n|translations?|locales?)$/i.test(parent) && !isEnglish && LANGUAGE.test(name))
    return 'translations'
  if (LANGUAGE.test(name) && isTranslated(folder, parent, tree)) return 'translations'
  if (isPreview(folder, tree)) return 'other versions'
  const version = VERSION.exec(name)?.[1]
  if (version === undefined) return null
  const newest = tree.newestIn(parent)
  const isOld = newest === 'named' || isLater(newest, version)
  return isOld ? 'other versions' : null
}

/** Whether a folder repeats the documents of its sibling for the development branch: `docs-master` beside `docs`. */
function isPreview(folder: string, tree: Tree): boolean {
  const [, other = ''] = /^(.+)[-_](?:dev|develop|main|master|next|unreleased)$/i.exec(folder) ?? []
  const inside = other === '' ? [] : tree.below(folder)
  const same = inside.filter((path) => tree.has(other + path.slice(folder.length))).length
  return same * 2 >= inside.length && same > 0
}

/** Whether its documents also exist in English, or outside the language folder. */
function isTranslated(folder: string, parent: string, tree: Tree): boolean {
  if (ENGLISH.some((name) => tree.hasFolder(inFolder(parent, name)))) return true
  const inside = tree.below(folder)
  const same = inside.filter((path) => tree.has(inFolder(parent, path.slice(folder.length + 1)))).length
  return same * 2 >= inside.length && same > 0
}

/** The documents of a repository, with lookups by folder. */
class Tree {
  readonly #paths: ReadonlySet<string>
  readonly #below = new Map<string, string[]>()
  readonly #folders = new Map<string, string[]>()
  readonly #newest = new Map<string, string>()

  constructor(paths: readonly string[]) {
    this.#paths = new Set(paths)
    for (const path of paths)
      for (const folder of foldersAround(path)) {
        const below = this.#below.get(folder)
        if (below !== undefined) below.push(path)
        else {
          this.#below.set(folder, [path])
          push(this.#folders, folderOf(folder), folder)
        }
      }
  }

  has(path: string): boolean {
    return this.#paths.has(path)
  }

  hasFolder(folder: string): boolean {
    return this.#below.has(folder)
  }

  /** The latest version among the names of subfolders; `named` if one is named as the current version. */
  newestIn(parent: string): string {
    const known = this.#newest.get(parent)
    if (known !== undefined) return known
    let newest = '0'
    for (const name of (this.#folders.get(parent) ?? []).map(nameOf)) {
      const version = VERSION.exec(name)?.[1]
      if (version !== undefined) newest = isLater(version, newest) ? version : newest
      else if (/^(?:latest|current|next|main|dev|stable)$/i.test(name)) {
        newest = 'named'
        break
      }
    }
    this.#newest.set(parent, newest)
    return newest
  }

  /** All documents below a folder. */
  below(folder: string): readonly string[] {
    return this.#below.get(folder) ?? []
  }
}

function isLater(a: string, b: string): boolean {
  const [first, second] = [a, b].map((version) =>
    version.split(/[._]/).map((part) => (part === 'x' ? 999 : Number(part))),
  )
  for (let index = 0; index < Math.max(first?.length ?? 0, second?.length ?? 0); index++) {
    const difference = (first?.[index] ?? 0) - (second?.[index] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return false
}
