/** Reads pyproject.toml: PEP 621, Poetry, the groups of PEP 735, extras, and modules named for build tools. */

import { at, entriesAt, type Located, textAt, textsOf } from '#generate/formats/located.ts'
import { taskRunner } from '#generate/formats/task-runners.ts'
import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder } from '#generate/paths.ts'
import { dependencies } from './package-draft.ts'
import type { EntryPoint, PythonFacts } from './python-facts.ts'
import type { RepositoryFiles } from './repository-files.ts'
import { entryPoints, extraDependencies, requiredNames, requirements, requirementsInLines } from './requirement.ts'

/** Tables of programs. */
const SCRIPTS = [
  ['project', 'scripts'],
  ['project', 'gui-scripts'],
  ['tool', 'poetry', 'scripts'],
]
/** Tables that map groups to lists of development requirements. */
const GROUPS = [['dependency-groups'], ['tool', 'pdm', 'dev-dependencies']]

export function readPyproject(path: string, files: RepositoryFiles): PythonFacts | undefined {
  const manifest = files.values(path)
  if (manifest === undefined) return undefined
  const poetry = at(manifest, 'tool', 'poetry')
  const text = (key: string): string | undefined => textAt(manifest, 'project', key) ?? textAt(poetry, key)
  const isPackage =
    at(manifest, 'tool', 'uv', 'package')?.text !== 'false' && at(poetry, 'package-mode')?.text !== 'false'
  // Without a build system nothing is built: `uv init --app`.
  const isBuilt =
    at(manifest, 'build-system') !== undefined ||
    ['setup.py', 'setup.cfg'].some((name) => files.isFile(inFolder(folderOf(path), name)))
  const classifiers = textsOf(at(manifest, 'project', 'classifiers') ?? at(poetry, 'classifiers'))
  return {
    name: text('name'),
    lines: at(manifest, 'project') ?? poetry,
    version: text('version'),
    python: textAt(manifest, 'project', 'requires-python') ?? textAt(poetry, 'dependencies', 'python'),
    description: text('description'),
    licence: text('license') ?? textAt(manifest, 'project', 'license', 'text'),
    isPrivate: !isPackage || !isBuilt || classifiers.some((one) => one.startsWith('Private ::')),
    runtime: runtimeOf(manifest, poetry, folderOf(path), files),
    others: [...othersOf(manifest, poetry), ...extrasInFiles(manifest, folderOf(path), files)],
    programs: programsOf(manifest),
    scripts: tasksOf(manifest),
    tools: entriesAt(manifest, 'tool').map(({ key }) => key),
    modules: modulesOf(manifest, poetry),
    roots: rootsOf(manifest, poetry),
  }
}

function runtimeOf(
  manifest: Located,
  poetry: Located | undefined,
  folder: string,
  files: RepositoryFiles,
): Dependency[] | undefined {
  const project = at(manifest, 'project')
  const listed = at(project, 'dependencies')
  const own = entriesAt(poetry, 'dependencies').filter(
    ({ key, value }) => key !== 'python' && at(value, 'optional')?.text !== 'true',
  )
  if (listed !== undefined || own.length > 0)
    return [
      ...requirements(textsOf(listed)),
      ...own.flatMap(({ key, value }) => dependencies([key], 'runtime', poetryMarker(value))),
    ]
  // setuptools reads them from the files listed here.
  const from = textsOf(at(manifest, 'tool', 'setuptools', 'dynamic', 'dependencies', 'file'))
  if (from.length > 0) return from.flatMap((name) => requirementsInLines(files.text(inFolder(folder, name))))
  const isDynamic = textsOf(at(project, 'dynamic')).includes('dependencies')
  return (project === undefined && at(poetry, 'dependencies') === undefined) || isDynamic ? undefined : []
}

/** `python = "<3.11"`, `markers = "…"` */
function poetryMarker(value: Located): string | null {
  const python = textAt(value, 'python')
  return textAt(value, 'markers') ?? (python === undefined ? null : `python ${python}`)
}

function othersOf(manifest: Located, poetry: Located | undefined): Dependency[] {
  const extras = entriesAt(manifest, 'project', 'optional-dependencies').flatMap(({ key, value }) =>
    extraDependencies(key, textsOf(value)),
  )
  const extraOf = new Map<string, string>()
  for (const { key, value } of entriesAt(poetry, 'extras'))
    for (const name of requiredNames(textsOf(value))) if (!extraOf.has(name)) extraOf.set(name, key)
  const optional = entriesAt(poetry, 'dependencies').flatMap(({ key, value }) =>
    at(value, 'optional')?.text === 'true' ? dependencies([key], 'optional', extraOf.get(key) ?? null) : [],
  )
  const groups = GROUPS.flatMap((keys) => entriesAt(manifest, ...keys)).flatMap(({ key, value }) =>
    dependencies(requiredNames(textsOf(value)), 'development', key),
  )
  const poetryGroups = entriesAt(poetry, 'group').flatMap(({ key, value }) =>
    dependencies(
      entriesAt(value, 'dependencies').map((one) => one.key),
      'development',
      key,
    ),
  )
  const environments = entriesAt(manifest, 'tool', 'hatch', 'envs').flatMap(({ key, value }) =>
    ['dependencies', 'extra-dependencies'].flatMap((list) =>
      dependencies(requiredNames(textsOf(at(value, list))), 'development', key),
    ),
  )
  return [
    ...extras,
    ...optional,
    ...groups,
    ...poetryGroups,
    ...dependencies(
      entriesAt(poetry, 'dev-dependencies').map(({ key }) => key),
      'development',
      'dev',
    ),
    ...dependencies(requiredNames(textsOf(at(manifest, 'tool', 'uv', 'dev-dependencies'))), 'development', 'dev'),
    ...environments,
    ...dependencies(requiredNames(textsOf(at(manifest, 'build-system', 'requires'))), 'build'),
  ]
}

/** Extras that setuptools reads from files. */
function extrasInFiles(manifest: Located, folder: string, files: RepositoryFiles): Dependency[] {
  return entriesAt(manifest, 'tool', 'setuptools', 'dynamic', 'optional-dependencies').flatMap(({ key, value }) =>
    textsOf(at(value, 'file')).flatMap((name) =>
      extraDependencies(
        key,
        requirementsInLines(files.text(inFolder(folder, name))).map((one) => one.name),
      ),
    ),
  )
}

function programsOf(manifest: Located): EntryPoint[] {
  return SCRIPTS.flatMap((keys) => entriesAt(manifest, ...keys)).flatMap(({ key, startLine, value }) => {
    const runs = value.isString === true ? value.text : (textAt(value, 'callable') ?? textAt(value, 'reference'))
    return runs === undefined ? [] : entryPoints([`${key}=${runs}`], { startLine, endLine: value.endLine })
  })
}

/** The tasks of the task runner: a command, a table with one, or a list of others. */
function tasksOf(manifest: Located): Package['scripts'] {
  const runner = taskRunner(entriesAt(manifest, 'tool').map(({ key }) => key))
  if (runner === undefined) return []
  return entriesAt(manifest, 'tool', ...runner.table)
    .filter(({ key }) => !key.startsWith('_'))
    .map(({ key, value }) => {
      const shell = textAt(value, 'shell')?.trim()
      // Several lines of a shell are not one command.
      const script = shell?.includes('\n') === true ? '' : shell
      const command = textAt(value, 'cmd') ?? script ?? textsOf(value).join(', ')
      return { name: key, command: command === '' ? key : command }
    })
}

function modulesOf(manifest: Located, poetry: Located | undefined): string[] {
  const tool = at(manifest, 'tool')
  const uv = at(tool, 'uv', 'build-backend', 'module-name')
  return [
    textAt(tool, 'flit', 'module', 'name') ?? [],
    textsOf(at(tool, 'setuptools', 'packages')),
    textsOf(at(tool, 'setuptools', 'py-modules')),
    (at(poetry, 'packages')?.items ?? []).flatMap((one) => textAt(one, 'include') ?? []),
    textsOf(at(tool, 'hatch', 'build', 'targets', 'wheel', 'packages')).map((one) =>
      one.replace(/^src\//, '').replaceAll('/', '.'),
    ),
    textsOf(uv),
    textAt(tool, 'maturin', 'module-name') ?? [],
  ]
    .flat()
    .filter((name) => /^[\w.]+$/.test(name))
}

function rootsOf(manifest: Located, poetry: Located | undefined): string[] {
  const setuptools = at(manifest, 'tool', 'setuptools')
  return [
    textAt(setuptools, 'package-dir', '') ?? [],
    textsOf(at(setuptools, 'packages', 'find', 'where')),
    (at(poetry, 'packages')?.items ?? []).flatMap((one) => textAt(one, 'from') ?? []),
    textAt(manifest, 'tool', 'maturin', 'python-source') ?? [],
    textAt(manifest, 'tool', 'uv', 'build-backend', 'module-root') ?? [],
  ]
    .flat()
    .map((root) => root.replace(/^\.\//, '').replace(/\/$/, ''))
}
