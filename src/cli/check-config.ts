/** `docspool check-config` and `--print-config`: validates the settings and prints warnings, or prints the settings. */

import { statSync } from 'node:fs'
import { type Config, showSettings, unknownSettings } from '#base/config.ts'
import { append } from '#base/long-arrays.ts'
import { shellWord } from '#base/shell-word.ts'
import { exposureOf } from '#server/exposure.ts'
import { isLoopback } from '#server/listen-address.ts'
import { LLM_LACKS } from '#server/model-endpoint.ts'
import { unknownText } from './command-settings.ts'

/**
 * Warnings about settings that are valid but probably not intended.
 *
 * @param environment - The environment of this process by default.
 */
export function settingWarnings(config: Config, environment?: Record<string, string | undefined>): string[] {
  const warnings = unknownSettings(environment).map(({ name, nearest }) => unknownText(name, nearest))
  if (config.llmLack !== null) warnings.push(LLM_LACKS[config.llmLack])
  if (config.access.tokenFor === 'everything' && config.access.tokens.length === 0) {
    warnings.push('DOCSPOOL_TOKEN_FOR=everything, but DOCSPOOL_TOKEN is not set: no token is required')
  }
  if (config.databaseUrl === null && config.secretKey !== null) {
    warnings.push('DOCSPOOL_SECRET_KEY is only used with DOCSPOOL_DATABASE_URL')
  }
  append(warnings, [...folderWarnings(config), ...hookWarnings(config)])
  const exposure = exposureOf(config)
  if (exposure !== null) warnings.push(exposure)
  if (config.metricsPort !== null && !isLoopback(config.metricsHost)) {
    warnings.push(`DOCSPOOL_METRICS_HOST=${config.metricsHost}: anyone who can reach this address can read the metrics`)
  }
  return warnings
}

/** Warnings about secrets for hosts from which nothing is cloned. */
function hookWarnings({ hookSecrets, allowedHosts }: Pick<Config, 'hookSecrets' | 'allowedHosts'>): string[] {
  return hookSecrets.scopes
    .filter((scope) => !allowedHosts.includes('*') && !allowedHosts.includes(scope.replace(/\/.*/s, '')))
    .map((scope) => `DOCSPOOL_HOOK_SECRETS: ${scope} is not one of DOCSPOOL_ALLOWED_HOSTS, so its webhooks are ignored`)
}

/** Warnings about missing folders in `DOCSPOOL_LOCAL_REPOS`, with advice. */
export function folderWarnings({ localRepos }: Pick<Config, 'localRepos'>): string[] {
  return localRepos
    .filter((folder) => !isFolder(folder))
    .map((folder) => {
      const separator = /([,;]|(?<!\s)\s)\s*[/~.]/.exec(folder)?.[1]
      const advice =
        separator === undefined
          ? 'create it, or name an existing folder'
          : `separate folders by a colon, not by ${JSON.stringify(separator)}: /srv/git:/srv/projects`
      return `DOCSPOOL_LOCAL_REPOS: ${folder} is not a folder on this machine; ${advice}`
    })
}

const isFolder = (name: string): boolean => statSync(name, { throwIfNoEntry: false })?.isDirectory() === true

/** The output of `check-config` for valid settings. */
export function checkConfig(config: Config): string {
  const warnings = settingWarnings(config)
  return [...warnings.map((line) => `warn  ${line}`), 'ok    the settings are valid']
    .map((line) => `${line}\n`)
    .join('')
}

/** Lines such as `DOCSPOOL_PORT=8000  # default`, in the order of docs/settings.md. */
export function printConfig(overrides: Record<string, string | undefined>): string {
  return showSettings(overrides)
    .map(({ name, value, source, from }) => `${name}=${quoted(value)}  # ${source}${from === null ? '' : ` ${from}`}\n`)
    .join('')
}

/** Quoted for shells if necessary. */
function quoted(value: string): string {
  return /^[\w./:,@%+=*[\]-]*$/.test(value) ? value : shellWord(value)
}
