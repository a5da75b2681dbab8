/** The forms of Python, with the full names of modules. */

import type { Form } from './forms.ts'

/** Methods of `Env` objects that convert the value to a type. */
const TYPED =
  'str bool int float json list tuple dict url db db_url cache cache_url email_url search_url path bytes decimal date datetime time timedelta uuid enum log_level get_value'

const one: Form = { kind: 'environment', name: 0, default: -1 }
const withDefault: Form = { ...one, default: 1 }
const withCast: Form = { ...one, default: 2 }

/** Reads the variables of proxies, whose names it does not take. */
export const PROXIES = 'urllib.request.getproxies('

export const PYTHON_FORMS: ReadonlyMap<string, Form> = new Map([
  ...['os.environ[', 'os.environb[', 'os.environ.__getitem__('].map((name) => [name, one] as const),
  ...['os.environ.__contains__(', 'os.environb.__contains__('].map(
    (name) => [name, { ...one, default: null }] as const,
  ),
  ...['os.environ.get(', 'os.environb.get(', 'os.environ.pop(', 'os.environ.setdefault(', 'os.getenv(', 'os.getenvb(']
    .concat('decouple.config(', 'environs.Env()(', 'environs.env(')
    .map((name) => [name, withDefault] as const),
  ['environ.Env()(', withCast],
  [PROXIES, one],
  ['starlette.config.Config()(', withCast],
  ...TYPED.split(' ').flatMap((type) =>
    ['env', 'environ.Env()', 'environs.Env()', 'environs.env'].map(
      (object) => [`${object}.${type}(`, withDefault] as const,
    ),
  ),
])

/** Modules and objects whose aliases may be part of a form. */
export const PYTHON_ROOTS: ReadonlySet<string> = new Set(
  `os.environ os.environb os.environ.get os.getenv decouple.config environ.Env() environs.Env() environs.env
  starlette.config.Config()`.split(/\s+/),
)
