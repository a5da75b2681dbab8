/** Selects the environment of a worker: known variables only, and its secrets separately. */

import { AccessSettings } from './access-settings.ts'
import { settingOfFile, variablesOf } from './setting-sources.ts'

type Environment = Record<string, string | undefined>

/** System variables: paths of programs and libraries, locale, time zone, trusted certificates. */
const OF_SYSTEM: ReadonlySet<string> = new Set([
  ...['PATH', 'LD_LIBRARY_PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ'],
  ...['NODE_ENV', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR'],
])

/** Settings that only the server reads. */
const OF_SERVER: ReadonlySet<string> = new Set([
  ...Object.keys(AccessSettings),
  ...['DOCSPOOL_HOST', 'DOCSPOOL_PORT', 'DOCSPOOL_METRICS_HOST', 'DOCSPOOL_METRICS_PORT'],
])

/** The only secrets that a worker gets. */
const NEEDED_SECRETS = ['LLM_API_KEY', 'DOCSPOOL_GIT_TOKENS']

export interface WorkerEnvironment {
  /** The whole environment. Secrets from files are in it as file names. */
  env: Record<string, string>
  /** Secrets by the name of their setting, to be sent with the job. */
  secrets: Record<string, string>
}

/**
 * Take a worker's share of an environment.
 *
 * @param names - All settings.
 * @param isSecret - By the name of a setting.
 * @param more - Further variables to pass on.
 */
export function workerEnvironmentOf(
  environment: Environment,
  names: readonly string[],
  isSecret: (name: string) => boolean,
  more: readonly string[],
): WorkerEnvironment {
  const env: Record<string, string> = {}
  for (const [variable, value] of Object.entries(environment)) {
    if (value !== undefined && (isHandedOn(variable) || more.includes(variable))) env[variable] = value
  }
  return { env, secrets: secretsOf(environment, names) }

  function isHandedOn(variable: string): boolean {
    if (OF_SYSTEM.has(variable)) return true
    const setting = names.find((name) => variablesOf(name).includes(variable))
    if (setting !== undefined) return !isSecret(setting) && !OF_SERVER.has(setting)
    const ofFile = settingOfFile(variable, names)
    return ofFile !== undefined && !OF_SERVER.has(ofFile) && (!isSecret(ofFile) || NEEDED_SECRETS.includes(ofFile))
  }
}

function secretsOf(environment: Environment, names: readonly string[]): Record<string, string> {
  const secrets: Record<string, string> = {}
  for (const name of NEEDED_SECRETS) {
    // In the order of precedence of settings.
    for (const variable of variablesOf(name)) {
      const value = environment[variable]
      if (value) secrets[name] = value
      const file = names.includes(`${variable}_FILE`) ? '' : environment[`${variable}_FILE`]
      if (value || file) break
    }
  }
  return secrets
}
