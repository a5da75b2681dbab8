/**
 * Why a test is not run: the only place that says so. What can be installed is no reason in CI, where the test fails
 * instead; what the kernel or its rights refuse is one everywhere.
 */

import { spawnSync } from 'node:child_process'

const isCi = !['', '0', 'false', undefined].includes(process.env.CI)

/**
 * A program or library that setup/system.sh or npm installs.
 *
 * @param isThere - Whether it was found; by default, whether a program of that name can be started.
 * @returns For `skip`: why not, or `false` when it is there.
 * @throws {Error} In CI, when it is not there.
 */
export function missingTool(tool: string, isThere = canStart(tool)): string | false {
  return !isThere && missingTools(`${tool} is not installed`)
}

/** The same for what is already known to be missing. @param why - `go is not installed`. */
export function missingTools(why: string): string {
  if (isCi) throw new Error(`${why}; in CI every tool has to be (setup/system.sh test)`)
  return why
}

/** What no installer brings: a feature of the kernel, or a right that this user lacks. @returns For `skip`. */
export const lacking = (what: string): string => `this machine lacks ${what}`

/** A test that takes so long that it has to be asked for. @returns For `skip`. */
export const slow = (variable: string): string | false =>
  process.env[variable] !== '1' && `it takes long; ${variable}=1 runs it`

/** Whether a program of this name can be started, whatever it says. */
const canStart = (tool: string): boolean => spawnSync(tool, ['--version'], { stdio: 'ignore' }).error === undefined
