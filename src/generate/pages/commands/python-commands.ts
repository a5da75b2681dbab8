/** Commands that install a Python project with its test dependencies, and test it. */

import { hasText } from '#base/find-text.ts'
import { taskRunner } from '#generate/formats/task-runners.ts'
import type { SourceFile } from '#generate/model.ts'
import { type Command, type Here, lines, scripts } from './command.ts'
import { hasExtras } from './own-commands.ts'

export function ofPython(_: SourceFile, here: Here): Command[] {
  const { has } = here
  const python = here.package('pypi')
  if (python === undefined) return []
  const { tools, scripts: tasks } = python
  const command = taskRunner(tools)?.command ?? ''
  if (tasks.some(({ name }) => TESTS.test(name))) {
    const isOfUv = has('uv.lock') || runsWithUv(here, command)
    const prefix = isOfUv ? 'uv run ' : has('poetry.lock') ? 'poetry run ' : ''
    const named = tasks.map(({ name, command }): [string, string] => [name, command === name ? '' : command])
    return scripts(named, (name) => `${prefix}${command} ${name}`)
  }
  const [install, run] = has('uv.lock')
    ? ['uv sync', 'uv run ']
    : has('poetry.lock') || tools.includes('poetry')
      ? ['poetry install', 'poetry run ']
      : has('pdm.lock')
        ? ['pdm sync', 'pdm run ']
        : [withTests(here), '']
  return [
    ...(python.name === null ? [] : lines(install)),
    ...(tools.includes('pytest') ? lines(`${run}pytest`) : []),
    ...(tools.includes('tox') && !has('tox.ini') ? lines(`${run}tox run`) : []),
  ]
}

const TESTS = /^(?:all|check|ci|tests?|verify)$/

/** Whether CI runs it with `uv run`, which installs the dependencies. */
function runsWithUv({ repo }: Here, command: string): boolean {
  return [...repo.files.values()].some(
    ({ path, text }) =>
      path.startsWith('.github/workflows/') &&
      (text ?? '').split('\n').some((line) => / uv run /.test(line) && hasText(line, ` ${command} `)),
  )
}

/** Adds the extra or group of the tests, if there is one. */
function withTests({ repo, package: packageOf }: Here): string {
  const groups = new Set(packageOf('pypi')?.dependencies.flatMap(({ group }) => group ?? []))
  const group = ['test', 'tests', 'testing', 'dev'].find((one) => groups.has(one))
  if (group === undefined) return 'pip install -e .'
  const extra = `pip install -e ".[${group}]"`
  const textOf = (path: string): string => repo.files.get(path)?.text ?? ''
  if (hasExtras(extra, textOf)) return extra
  return /^\[dependency-groups\]/m.test(textOf('pyproject.toml'))
    ? `pip install -e . --group ${group}`
    : 'pip install -e .'
}
