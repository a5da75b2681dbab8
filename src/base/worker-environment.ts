/** Selects the environment variables for a worker: only known ones, with secrets separately. */

import { AccessSettings } from './access-settings.ts'
import { settingOfFile, variablesOf } from './setting-sources.ts'

type Environment = Record<string, string | undefined>

/**
 * System variables that are passed on: paths of programs and libraries, locale, time zone, Node options, trusted certificates.
 */
const SYSTEM_VARIABLES: ReadonlySet<string> = new Set(
  `PATH LD_LIBRARY_PATH LANG LC_ALL LC_CTYPE TZ NODE_ENV NODE_OPTIONS NODE_EXTRA_CA_CERTS SSL_CERT_FILE
  SSL_CERT_DIR`.split(/\s+/),
)

/** Settings that only the server reads. */
const SERVER_SETTINGS: ReadonlySet<string> = new Set([
  ...Object.keys(AccessSettings),
  'DOCSPOOL_HOST',
  'DOCSPOOL_PORT',
  'DOCSPOOL_METRICS_HOST',
  'DOCSPOOL_METRICS_PORT',
])

/** The only secrets that a worker gets. */
const NEEDED_SECRETS = ['LLM_API_KEY', 'DOCSPOOL_GIT_TOKENS']

export interface WorkerEnvironment {
  /** The complete environment. It may contain the paths of files with secrets, but no secrets. */
  env: Record<string, string>
  /** Secrets that are sent with the job, keyed by the name of their setting. */
  secrets: Record<string, string>
}

/**
 * Select the variables of an environment that a worker needs.
 *
 * @param names - The names of all settings.
 * @param isSecret - Whether the setting of this name is secret.
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
    if (value !== undefined && (isPassedOn(variable) || more.includes(variable))) env[variable] = value
  }
  return { env, secrets: secretsOf(environment, names) }

  function isPassedOn(variable: string): boolean {
    if (SYSTEM_VARIABLES.has(variable)) return true
    const setting = names.find((name) => variablesOf(name).includes(variable))
    if (setting !== undefined) return !isSecret(setting) && !SERVER_SETTINGS.has(setting)
    const ofFile = settingOfFile(variable, names)
    return (
      ofFile !== undefined && !SERVER_SETTINGS.has(ofFile) && (!isSecret(ofFile) || NEEDED_SECRETS.includes(ofFile))
    )
  }
}

function secretsOf(environment: Environment, names: readonly string[]): Record<string, string> {
  const secrets: Record<string, string> = {}
  for (const name of NEEDED_SECRETS) {
    // Variables are in order of precedence, so the first one that is set wins.
    for (const variable of variablesOf(name)) {
      const value = environment[variable]
      if (value) secrets[name] = value
      // The name of a setting may itself end in `_FILE`.
      const file = names.includes(`${variable}_FILE`) ? '' : environment[`${variable}_FILE`]
      if (value || file) break
    }
  }
  return secrets
}
