/**
 * The calls and subscripts that read a variable or a key, per language. A form's name is the callee without spaces and
 * type arguments, and the bracket: `os.Getenv(`, `ENV[`.
 */

import type { ReadKind } from '#generate/model.ts'
import { PYTHON_FORMS } from './python-forms.ts'

export interface Form {
  readonly kind: ReadKind
  /** Index of the argument with the name. */
  readonly name: number
  /** Index of the default; -1 if it can only follow the call, `null` for a test whether the variable is set. */
  readonly default: number | null
  /** Name and default are in one string: `${name:default}`. */
  readonly isPlaceholder?: boolean
}

export type Forms = ReadonlyMap<string, Form>

const form = (kind: ReadKind, name: number, fallback: number | null): Form => ({ kind, name, default: fallback })
const ENV = form('environment', 0, -1)
const ENV_OR = form('environment', 0, 1)
const ENV_IS_SET = form('environment', 0, null)
const KEY = form('configuration', 0, -1)
const KEY_OR = form('configuration', 0, 1)

function forms(...groups: readonly (readonly [form: Form, words: string])[]): Forms {
  return new Map(groups.flatMap(([one, words]) => words.split(' ').map((word) => [word, one] as const)))
}

const C = forms([
  ENV,
  'getenv( secure_getenv( std::getenv( ::getenv( _wgetenv( g_getenv( qgetenv( qEnvironmentVariable(',
])
const PLACEHOLDER: Form = { ...KEY, isPlaceholder: true }
const JVM = forms(
  [ENV, 'System.getenv( System.getenv().get( System.getenv()['],
  [ENV_IS_SET, 'System.getenv().containsKey('],
  [ENV_OR, 'System.getenv().getOrDefault( System.getenv().getOrElse('],
  [PLACEHOLDER, '@Value( Value('],
  [KEY, 'environment.getProperty( env.getProperty( environment.getRequiredProperty( env.getRequiredProperty('],
)

export const FORMS: ReadonlyMap<string, Forms> = new Map([
  ['c', C],
  ['cpp', C],
  [
    'csharp',
    forms([
      ENV,
      'Environment.GetEnvironmentVariable( System.Environment.GetEnvironmentVariable( Environment.GetEnvironmentVariables()[',
    ]),
  ],
  [
    'go',
    forms(
      [ENV, 'os.Getenv( os.LookupEnv( syscall.Getenv('],
      [form('environment', 1, -1), 'viper.BindEnv('],
      [
        KEY,
        ['', 'String', 'Bool', 'Int', 'Int32', 'Int64', 'Float64', 'Duration', 'Time', 'StringSlice', 'StringMap']
          .map((type) => `viper.Get${type}(`)
          .concat('viper.IsSet(')
          .join(' '),
      ],
    ),
  ],
  ['java', JVM],
  ['kotlin', JVM],
  [
    'php',
    forms(
      [ENV, '$_ENV[ getenv( \\getenv( Env::getOrFail('],
      [ENV_OR, 'env( \\env( Env::get('],
      [KEY_OR, 'config( \\config( Config::get('],
    ),
  ],
  ['python', PYTHON_FORMS],
  [
    'ruby',
    forms(
      [ENV, 'ENV[ ENV.delete( ::ENV['],
      [ENV_IS_SET, 'ENV.key?( ENV.has_key?( ENV.include?('],
      [ENV_OR, 'ENV.fetch( ::ENV.fetch('],
    ),
  ],
  [
    'rust',
    forms([ENV, 'env::var( env::var_os( std::env::var( std::env::var_os( ::std::env::var( dotenvy::var( dotenv::var(']),
  ],
  [
    'scala',
    new Map([
      ...JVM,
      ...forms(
        [ENV, 'sys.env( sys.env.get( sys.env.apply('],
        [ENV_IS_SET, 'sys.env.contains('],
        [ENV_OR, 'sys.env.getOrElse( Properties.envOrElse( util.Properties.envOrElse('],
      ),
    ]),
  ],
  ['swift', forms([ENV, 'ProcessInfo.processInfo.environment[ ProcessInfo().environment[ getenv( Environment.get('])],
])

/** Keys of .NET: `Configuration["A:B"]`, `Configuration.GetValue("A:B")`. */
export function formOfKey(callee: string): Form | undefined {
  const bracket = callee.at(-1)
  const path = callee.slice(0, -1)
  const dot = path.lastIndexOf('.')
  const last = path.slice(dot + 1)
  const before = path.slice(path.lastIndexOf('.', dot - 1) + 1, Math.max(dot, 0))
  if (bracket === '[') return /(?:config(?:uration)?|settings|conf)$/i.test(last) ? KEY : undefined
  if (/^(?:Config|Setting)/.test(last)) return KEY
  if (before === 'sysconfig' || !/(?:config(?:uration)?|settings|conf)$/i.test(before)) return undefined
  if (!/^(?:get\w{0,20}|pop|fetch|has)$/i.test(last)) return undefined
  return /^Get(?:Section|ConnectionString)/.test(last) ? KEY : KEY_OR
}

/** Lambdas named after the environment whose first argument is a variable: `env_int.call('LIMIT', 80)`. */
export const formOfLambda = (callee: string): Form | undefined =>
  /^env_\w{1,40}\.call\($/.test(callee) ? ENV_OR : undefined
