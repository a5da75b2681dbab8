/** `docspool check-config` and `--print-config`: what the settings are, and what is odd about them. Nothing is started. */

import { type Config, showSettings, unknownSettings } from '#base/config.ts'
import { isLoopback } from './address.ts'
import { exposureOf } from './exposure.ts'

/**
 * What fits and is hardly meant: a line each.
 *
 * @param environment - Of this process unless given.
 */
export function oddSettings(config: Config, environment?: Record<string, string | undefined>): string[] {
  const odd = unknownSettings(environment).map(
    ({ name, nearest }) => `${name} is no setting and is ignored; the nearest is ${nearest}`,
  )
  if (config.lacksMainModel)
    odd.push('an endpoint or a key of a model is set, but MAIN_MODEL is not: no model is asked')
  const exposure = exposureOf(config)
  if (exposure !== null) odd.push(exposure)
  if (config.metricsPort !== null && !isLoopback(config.metricsHost)) {
    odd.push(`DOCSPOOL_METRICS_HOST=${config.metricsHost}: whoever reaches this address can read the metrics`)
  }
  return odd
}

/** What `check-config` prints when all fits. */
export function checkConfig(config: Config): string {
  const odd = oddSettings(config)
  return [...odd.map((line) => `warn  ${line}`), 'ok    the settings fit'].map((line) => `${line}\n`).join('')
}

/** `DOCSPOOL_PORT=8000  # default`, a line each, in the order of the README. */
export function printConfig(overrides: Record<string, string | undefined>): string {
  return showSettings(overrides)
    .map(({ name, value, source, from }) => `${name}=${quoted(value)}  # ${source}${from === null ? '' : ` ${from}`}\n`)
    .join('')
}

/** As a shell and systemd read it. */
const quoted = (value: string): string => (/^[\w./:,@%+=*[\]-]*$/.test(value) ? value : JSON.stringify(value))
