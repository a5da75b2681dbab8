/** Commands that install a Python project with its test dependencies, and test it. */

import { hasText } from '#base/find-text.ts'
import { at } from '#generate/formats/located.ts'
import { readToml } from '#generate/formats/read-toml.ts'
import { taskRunner } from '#generate/formats/task-runners.ts'
import type { SourceFile } from '#generate/model.ts'
import { type Command, type Here, lines } from './command.ts'
import { hasExtras } from './own-commands.ts'
import { scripts } from './script-commands.ts'

export function pythonCommands(_: SourceFile, here: Here): Command[] {
  const { has } = here
  const python = here.package('pypi')
  if (python === undefined) return []
  const { tools, scripts: tasks } = python
  const command = taskRunner(tools)?.command ?? ''
  const hasTasks = tasks.some(({ name }) => TESTS.test(name))
  const isPoetry = has('poetry.lock') || tools.includes('poetry')
  // A lock file of uv may be left over beside Poetry, whose manifests uv reads only in part.
  const [install, run] =
    has('uv.lock') && !isPoetry
      ? ['uv sync', 'uv run ']
      : hasTasks && runsWithUv(here, command)
        ? ['', 'uv run ']
        : isPoetry
          ? ['poetry install', 'poetry run ']
          : has('pdm.lock')
            ? ['pdm sync', 'pdm run ']
            : [pipInstall(here), '']
  if (hasTasks) {
    // `pdm run test` needs no second `pdm run`.
    const prefix = run !== '' && command.startsWith(run.slice(0, run.indexOf(' ') + 1)) ? '' : run
    const named = tasks.map(({ name, command }): [string, string] => [name, command === name ? '' : command])
    // Without a prefix, the runner may install what it needs.
    const isInstalled = python.name !== null && prefix !== '' && install !== ''
    return [...(isInstalled ? lines(install) : []), ...scripts(named, (name) => `${prefix}${command} ${name}`)]
  }
  return [
    ...(python.name === null ? [] : lines(install)),
    // Without an extra or group for tests, their dependencies are unknown.
    ...(tools.includes('pytest') && install !== INSTALL ? lines(`${run}pytest`) : []),
    ...(tools.includes('tox') && !has('tox.ini') ? lines(`${run}tox run`) : []),
  ]
}

const INSTALL = 'pip install -e .'
const TESTS = /^(?:all|check|ci|tests?|verify)$/

/** Whether CI runs it with `uv run`, which installs the dependencies. */
function runsWithUv({ repo }: Here, command: string): boolean {
  return [...repo.files.values()].some(
    ({ path, text }) =>
      path.startsWith('.github/workflows/') &&
      (text ?? '').split('\n').some((line) => / uv run /.test(line) && hasText(line, ` ${command} `)),
  )
}

/** `pip install` with the extra or dependency group for tests, if there is one. */
function pipInstall({ repo, package: packageOf }: Here): string {
  const groups = new Set(packageOf('pypi')?.dependencies.flatMap(({ group }) => group ?? []))
  const group = ['test', 'tests', 'testing', 'dev'].find((one) => groups.has(one))
  if (group === undefined) return INSTALL
  const extra = `pip install -e ".[${group}]"`
  const textOf = (path: string): string => repo.files.get(path)?.text ?? ''
  if (hasExtras(extra, textOf)) return extra
  return at(readToml(textOf('pyproject.toml')), 'dependency-groups', group) !== undefined
    ? `pip install -e . --group ${group}`
    : INSTALL
}
