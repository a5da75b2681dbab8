/**
 * Recognises commands about the repository itself: those that install its packages, and those that run its scripts and targets.
 */

import { at, textsOf } from '#generate/formats/located.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, foldersAbove } from '#generate/paths.ts'
import type { TypedLine } from './block-lines.ts'
import { readRecipes } from './just-recipes.ts'
import { makesAnything, readMakeTargets } from './makefile.ts'

/** Tools that install packages of one language, which the repository has if they install it. */
const OF_LANGUAGE = /^(?:bun|cargo|composer|gem|go|npm|npx|pip3?|pipx|pnpm|yarn)$/
const UPGRADES = /\s(?:--upgrade|-U)(?= |$)/
/** Matches a Python package with extras: `"orbit[redis]"`. */
const WITH_EXTRAS = /\w\[[\w,.-]{1,100}\]/
/** Matches installations of the development branch, as with Homebrew. */
const OF_BRANCH = /\s--HEAD(?= |$)/
/** Matches package managers of one system. */
const OF_SYSTEM =
  /^(?:sudo )?(?:apk|apt|apt-get|brew|choco|dnf|emerge|pacman|pkg|port|scoop|snap|winget|yay|yum|zypper)\b/
const INSTALLS = /\b(?:install|add|require|get|pull|run|i|global|tap|dlx|use|up)\b|-iA\b|^npx\b|^docker\b/
/** Matches commands that run what is checked out. */
const RUNS_CHECKOUT = /^(?:bun|cargo|dotnet|npm|pnpm|swift|yarn) run\b/
/** Manifests that the commands of tools need. */
const MANIFESTS: [tools: RegExp, manifest: RegExp][] = [
  [/^(?:npm|npx|pnpm|yarn|bun|bunx|corepack)$/, /(?:^|\/)package\.json$/],
  [/^deno$/, /(?:^|\/)deno\.jsonc?$/],
  [
    /^(?:pip3?|pipx|python3?|uvx?|poetry|pdm|hatch|tox|nox|pytest)$/,
    /(?:^|\/)(?:pyproject\.toml|setup\.(?:py|cfg)|requirements[\w.-]*\.txt|tox\.ini|noxfile\.py|manage\.py)$/,
  ],
  [/^(?:cargo|rustup)$/, /(?:^|\/)Cargo\.toml$/],
  [/^go$/, /(?:^|\/)go\.mod$/],
  [/^(?:mvn|\.\/mvnw)$/, /(?:^|\/)pom\.xml$/],
  [/^(?:gradle|\.\/gradlew)$/, /(?:^|\/)build\.gradle(?:\.kts)?$/],
  [/^dotnet$/, /\.(?:slnx?|[cfv][sb]proj)$/],
  [/^(?:composer|php)$/, /(?:^|\/)composer\.json$/],
  [/^(?:bundle|gem|rake|rails|rspec)$/, /(?:^|\/)(?:Gemfile|Rakefile|[\w.-]+\.gemspec)$/],
  [
    /^(?:docker|docker-compose|podman)$/,
    /(?:^|\/)(?:Dockerfile[\w.-]*|[\w-]+\.Dockerfile|(?:docker-)?compose[\w.-]*\.ya?ml)$/,
  ],
  [/^(?:cmake|ctest)$/, /(?:^|\/)CMakeLists\.txt$/],
  [/^(?:meson|ninja)$/, /(?:^|\/)(?:meson\.build|CMakeLists\.txt)$/],
  [/^mix$/, /(?:^|\/)mix\.exs$/],
  [/^swift$/, /(?:^|\/)Package\.swift$/],
]
/** Matches commands for users: those that add a dependency, or run one file. */
const OF_USERS =
  /^(?:(?:npm|pnpm|yarn|bun)(?: (?:install|i|add))(?: -\w| --[\w-]+)* [^-.]|(?:cargo|go|gem|brew|composer|dotnet)(?: global)? (?:install|add|get|require|tool)\b(?! --path )|pip3? install (?!-[er] |-U \.|\.)|npx |node |bunx |deno run )/

/** Whether a command installs one of the given packages. A script of the repository needs the steps that fetch it. */
export function installsOwn(line: string, names: ReadonlySet<string>): boolean {
  if (
    !INSTALLS.test(line) ||
    RUNS_CHECKOUT.test(line) ||
    /^(?:sudo )?\.\//.test(line) ||
    /\b(?<!--)(?:upgrade|outdated)\b/.test(line)
  )
    return false
  return (
    line
      .toLowerCase()
      .split(/[\s/@:=[\]#~^,"']+/)
      // The first word is the tool, which may be the project itself.
      .slice(1)
      .some((word) => names.has(word) || names.has(word.replace(/\.git$/, '')))
  )
}

/** Whether a repository has a package for the tool of an install command: others package a program of Rust for npm. */
export function hasPackageFor(line: string, hasFile: (form: RegExp) => boolean): boolean {
  const [tool = ''] = line.split(' ', 1)
  const [, manifest] = MANIFESTS.find(([tools]) => tools.test(tool)) ?? []
  return !OF_LANGUAGE.test(tool) || manifest === undefined || hasFile(manifest)
}

/**
 * The install commands with those that work on any system first. An upgrade, `pip install -U orbit`, counts only if nothing else
 * installs it without extras with the same tool; unreleased versions do not count.
 */
export function orderInstalls(lines: readonly string[]): string[] {
  const toolOf = (line: string): string => line.replace(/^python3? -m /, '').split(' ', 1)[0] ?? ''
  const plain = new Set(lines.filter((line) => !UPGRADES.test(line) && !WITH_EXTRAS.test(line)).map(toolOf))
  const kept = lines
    .filter((line) => !OF_BRANCH.test(line) && (!UPGRADES.test(line) || !plain.has(toolOf(line))))
    // Omits variants with additional parts, which only some users need.
    .filter((line, at, all) => !all.slice(0, at).some((before) => line.startsWith(`${before} `)))
  return [...kept.filter((line) => !OF_SYSTEM.test(line)), ...kept.filter((line) => OF_SYSTEM.test(line))]
}

/** Names for installing the packages of a repository, in lower case. */
export function ownNames({ packages, subject }: Writing): Set<string> {
  const all = [
    subject.name,
    ...packages.flatMap(({ name }) => (name === null ? [] : [name, name.split(/[/:]/).at(-1)])),
  ]
  return new Set(all.flatMap((name) => (name === undefined || name === '' ? [] : [name.toLowerCase()])))
}

/**
 * Returns a function that tells whether a command runs something defined in its folder: a script, a target, a manifest of its
 * tool.
 */
export function definedCommands({
  packages,
  inventory,
  repo,
}: Writing): (line: TypedLine, isReadme: boolean) => boolean {
  const ofNpm = packages.filter(({ ecosystem }) => ecosystem === 'npm')
  const scripts = new Map(ofNpm.map(({ folder, scripts }) => [folder, new Set(scripts.map(({ name }) => name))]))
  const runners = new Set(ofNpm.flatMap(({ tools }) => tools.slice(0, 1)))
  const paths = inventory.files.map(({ path }) => path)
  const known = new Map<RegExp, boolean>()
  const has = (form: RegExp): boolean => {
    const found = known.get(form) ?? paths.some((path) => form.test(path))
    known.set(form, found)
    return found
  }
  const targets = new Map<string, ReadonlySet<string>>(
    inventory.files.flatMap(({ path, text }): [string, ReadonlySet<string>][] => {
      if (MAKEFILE.test(path) && makesAnything(text ?? '')) return [[`make ${folderOf(path)}`, ANY]]
      const read = MAKEFILE.test(path)
        ? readMakeTargets(text ?? '').map(([name]) => name)
        : JUSTFILE.test(path)
          ? readRecipes(text ?? '').map(({ name }) => name)
          : undefined
      const tool = MAKEFILE.test(path) ? 'make' : 'just'
      return read === undefined ? [] : [[`${tool} ${folderOf(path)}`, new Set(read)]]
    }),
  )
  const textOf = (path: string): string => repo.files.get(path)?.text ?? ''
  const isDefined = (line: string, folder: string, isReadme: boolean): boolean => {
    const [tool = '', verb = '', name = ''] = line.split(/\s+/)
    if (isReadme && OF_USERS.test(line)) return false
    if (!hasExtras(line, textOf)) return false
    if (/^(?:npm|pnpm|yarn|bun)$/.test(tool)) {
      if (runners.size > 0 && !runners.has(tool)) return false
      const script = /^run(?:-script)?$/.test(verb) ? name : /^(?:test|t|start)$/.test(verb) ? verb : null
      const near = [folder, ...foldersAbove(folder).toReversed()].map((one) => one.replace(/\/$/, ''))
      const home = [...near, ''].find((one) => scripts.has(one))
      if (home === undefined) return false
      const wanted = script === 't' ? 'test' : script
      const [of, workspace] = / (?:(?:-ws|--workspaces)(?= |$)|(?:-w|--workspace)[ =]([\w@./-]{1,80}))/.exec(line) ?? []
      if (wanted !== null && tool === 'npm' && of !== undefined)
        return ofNpm.some(
          (one) =>
            (workspace === undefined || workspace === one.name || workspace === one.folder) &&
            scripts.get(one.folder)?.has(wanted) === true,
        )
      if (wanted !== null) return scripts.get(home)?.has(wanted) === true
    }
    if (tool === 'make' || tool === 'just') {
      const [, below, named] = /^\w+(?: -C ?([\w./-]{1,80}))?(?: (?!-)([\w-]+))?(?= |$)/.exec(line) ?? []
      const own = targets.get(`${tool} ${[folder, below].filter((one) => one !== undefined && one !== '').join('/')}`)
      if (own !== undefined) return named === undefined || own === ANY || own.has(named)
      return tool === 'make' && has(MAKES_MAKEFILES)
    }
    const manifest = MANIFESTS.find(([tools]) => tools.test(tool))?.[1]
    return manifest === undefined || has(manifest)
  }
  return ({ run, folder }, isReadme) =>
    run === '' || run.split(' && ').every((part) => isDefined(part.trim(), folder, isReadme))
}

const ANY: ReadonlySet<string> = new Set()
const MAKEFILE = /(?:^|\/)(?:GNUm|M|m)akefile$/
const JUSTFILE = /(?:^|\/)\.?[Jj]ustfile$/
const MAKES_MAKEFILES = /(?:^|\/)(?:CMakeLists\.txt|configure\.ac|Makefile\.(?:am|in))$/

/** Whether the manifests define the extras that a command installs: `test` of `pip install -e .[test]`. */
export function hasExtras(line: string, textOf: (path: string) => string): boolean {
  const [, named] =
    /^(?:python3? -m |uv )?pip3? install .{0,60}\.\[([\w,.-]{1,80})\]/.exec(line.replace(/['"]/g, '')) ?? []
  if (named === undefined || /\bextras_require\b/.test(textOf('setup.py') + textOf('setup.cfg'))) return true
  const manifest = readToml(textOf('pyproject.toml'))
  const isOpen =
    textsOf(at(manifest, 'project', 'dynamic')).includes('optional-dependencies') ||
    at(manifest, 'tool', 'poetry', 'extras') !== undefined
  const extras = at(manifest, 'project', 'optional-dependencies')
  return isOpen || named.split(',').every((name) => at(extras, name) !== undefined)
}
