/** Merges pyproject.toml, setup.cfg and setup.py of a folder into one Python package, and reads lists of requirements. */

import type { Dependency, Package } from '#generate/model.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { newPackage } from './package-draft.ts'
import { readPyproject } from './pyproject.ts'
import type { PythonFacts } from './python-facts.ts'
import { moduleEntries } from './python-modules.ts'
import type { RepositoryFiles } from './repository-files.ts'
import { requirementsInLines } from './requirement.ts'
import { readSetupCfg } from './setup-cfg.ts'
import { readSetupPy } from './setup-py.ts'

type Read = (path: string, files: RepositoryFiles) => PythonFacts | undefined

/** Readers in order of precedence. */
const READERS: readonly (readonly [file: string, read: Read])[] = [
  ['pyproject.toml', readPyproject],
  ['setup.cfg', readSetupCfg],
  ['setup.py', readSetupPy],
]
/** `requirements.txt`, `requirements-dev.txt`, `dev-requirements.txt`; inside a folder `requirements/` any name. */
const REQUIREMENTS = /^(?:requirements(?:[-_.]([\w-]+))?|([\w-]+)[-_.]requirements)\.(?:txt|in)$/
/** Groups of run-time requirements. */
const RUNTIME = /^(?:base|common|core|main|prod|production|runtime|app|default|)$/

/** @param path - One of the three files; only the first that exists yields the package of the folder. */
export function readPythonProject(path: string, files: RepositoryFiles): Package | undefined {
  const folder = folderOf(path)
  const beside = READERS.map(([file, read]) => [inFolder(folder, file), read] as const).filter(([one]) =>
    files.isFile(one),
  )
  if (beside[0]?.[0] !== path) return undefined
  const found = beside.flatMap(([one, read]): { path: string; facts: PythonFacts }[] => {
    const facts = read(one, files)
    return facts === undefined ? [] : [{ path: one, facts }]
  })
  const primary = found.find(({ facts }) => facts.name !== undefined) ?? found[0]
  if (primary === undefined) return undefined
  const first = <K extends keyof PythonFacts>(key: K): PythonFacts[K] | undefined =>
    found.find(({ facts }) => facts[key] !== undefined)?.facts[key]
  const all = <T>(pick: (facts: PythonFacts) => readonly T[] | undefined): T[] =>
    found.flatMap(({ facts }) => pick(facts) ?? [])
  const name = first('name')
  return newPackage('pypi', primary.path, {
    name,
    version: first('version'),
    needs: ['Python', first('python')],
    description: first('description'),
    licence: first('licence'),
    isPrivate: found.some(({ facts }) => facts.isPrivate === true),
    dependencies: [...(first('runtime') ?? []), ...all((facts) => facts.others)],
    programs: all((facts) => facts.programs).map(({ name, runs }) => ({ name, runs })),
    scripts: all((facts) => facts.scripts),
    tools: all((facts) => facts.tools),
    entries:
      name === undefined
        ? []
        : moduleEntries(
            folder,
            name,
            all((facts) => facts.modules),
            all((facts) => facts.roots),
            files,
          ),
  })
}

/**
 * The lists of a folder as one package without a name, for folders where no manifest declares run-time dependencies.
 *
 * @param path - One of the lists; only the first of the folder yields the package.
 * @param others - The Python packages of manifests.
 */
export function readRequirements(
  path: string,
  files: RepositoryFiles,
  others: readonly Package[],
): Package | undefined {
  const folder = folderOf(path)
  // A compiled list (`.txt` beside `.in`) also contains indirect dependencies.
  const lists = files
    .filesIn(folder)
    .filter((file) => isRequirements(file) && !(file.endsWith('.txt') && files.isFile(`${file.slice(0, -4)}.in`)))
  if (lists[0] !== path) return undefined
  const home = nameOf(folder) === 'requirements' ? folderOf(folder) : folder
  if (others.some((one) => one.folder === home && one.dependencies.some(({ kind }) => kind === 'runtime')))
    return undefined
  const found = lists.flatMap((file): Dependency[] => {
    const group = groupOf(file)
    const kind = RUNTIME.test(group) ? 'runtime' : 'development'
    return requirementsInLines(files.text(file), kind, group === '' ? null : group)
  })
  if (!found.some(({ kind }) => kind === 'runtime')) return undefined
  // The package is named after the list of run-time requirements.
  const main = lists.find((file) => RUNTIME.test(groupOf(file)))
  return newPackage('pypi', main ?? path, { dependencies: found })
}

export function isRequirements(path: string): boolean {
  return REQUIREMENTS.test(nameOf(path)) || /(?:^|\/)requirements\/[\w-]+\.(?:txt|in)$/.test(path)
}

function groupOf(path: string): string {
  const match = REQUIREMENTS.exec(nameOf(path))
  return match === null ? nameOf(path).replace(/\.\w+$/, '') : (match[1] ?? match[2] ?? '')
}
