/** Task runners of Python projects: where a pyproject.toml has their tasks, and how one is typed. */

export interface TaskRunner {
  /** Below `[tool]`; the first part is its name. */
  readonly table: readonly [tool: string, key: string]
  readonly command: string
}

const RUNNERS: readonly TaskRunner[] = [
  { table: ['poe', 'tasks'], command: 'poe' },
  { table: ['taskipy', 'tasks'], command: 'task' },
  { table: ['pdm', 'scripts'], command: 'pdm run' },
]

/** @param tools - The tables below `[tool]`. */
export function taskRunner(tools: readonly string[]): TaskRunner | undefined {
  return RUNNERS.find(({ table: [tool] }) => tools.includes(tool))
}
