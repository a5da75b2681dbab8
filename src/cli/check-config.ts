/** `docspool check-config` and `--print-config`: what the settings are, and what is odd about them. Nothing is started. */

import { statSync } from 'node:fs'
import { type Config, showSettings, unknownSettings } from '#base/config.ts'
import { exposureOf } from '#server/exposure.ts'
import { isLoopback } from '#server/listen-address.ts'
import { LLM_LACKS } from '#server/model-endpoint.ts'

/**
 * What fits and is hardly meant: a line each.
 *
 * @param environment - Of this process unless given.
 */
export function oddSettings(config: Config, environment?: Record<string, string | undefined>): string[] {
  const odd = unknownSettings(environment).map(
    ({ name, nearest }) => `${name} is not a setting and is ignored; did you mean ${nearest}?`,
  )
  if (config.llmLack !== null) odd.push(LLM_LACKS[config.llmLack])
  if (config.access.tokenFor === 'everything' && config.access.tokens.length === 0) {
    odd.push('DOCSPOOL_TOKEN_FOR=everything, but DOCSPOOL_TOKEN is not set: nothing needs a token')
  }
  odd.push(...oddFolders(config))
  const exposure = exposureOf(config)
  if (exposure !== null) odd.push(exposure)
  if (config.metricsPort !== null && !isLoopback(config.metricsHost)) {
    odd.push(`DOCSPOOL_METRICS_HOST=${config.metricsHost}: whoever reaches this address can read the metrics`)
  }
  return odd
}

/** Folders of `DOCSPOOL_LOCAL_REPOS` that are not there, each with what to do. */
export function oddFolders({ localRepos }: Pick<Config, 'localRepos'>): string[] {
  return localRepos
    .filter((folder) => !isFolder(folder))
    .map((folder) => {
      const separator = /([,;]|(?<!\s)\s)\s*[/~.]/.exec(folder)?.[1]
      const advice =
        separator === undefined
          ? 'make it, or name one that is there'
          : `separate folders by a colon, not by ${JSON.stringify(separator)}: /srv/git:/srv/projects`
      return `DOCSPOOL_LOCAL_REPOS: ${folder} is not a folder of this machine; ${advice}`
    })
}

const isFolder = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isDirectory() === true

/** What `check-config` prints when all fits. */
export function checkConfig(config: Config): string {
  const odd = oddSettings(config)
  return [...odd.map((line) => `warn  ${line}`), 'ok    the settings fit'].map((line) => `${line}\n`).join('')
}

/** `DOCSPOOL_PORT=8000  # default`, a line each, in the order of docs/settings.md. */
export function printConfig(overrides: Record<string, string | undefined>): string {
  return showSettings(overrides)
    .map(({ name, value, source, from }) => `${name}=${quoted(value)}  # ${source}${from === null ? '' : ` ${from}`}\n`)
    .join('')
}

/** As a shell and systemd read it. */
const quoted = (value: string): string => (/^[\w./:,@%+=*[\]-]*$/.test(value) ? value : JSON.stringify(value))
