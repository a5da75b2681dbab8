/** What people look for in well known repositories, and the titles they would call right. */

export interface Question {
  /** The folder of its set. */
  set: string
  query: string
  /** Any of these. */
  right: readonly string[]
}

const ask = (set: string, rows: Record<string, string | string[]>): Question[] =>
  Object.entries(rows).map(([query, right]) => ({ set, query, right: [right].flat() }))

export const QUESTIONS: readonly Question[] = [
  ...ask('hono', {
    Hono: 'Hono',
    router: ['Router', 'router'],
    routing: ['Router', 'router', 'Hono.route'],
    context: 'Context',
    cors: ['cors', 'middleware/cors'],
    'basic auth': 'basicAuth',
    'where are requests routed': [
      'Hono.#dispatch',
      'Hono.fetch',
      'Hono.request',
      'Router',
      'router',
      'Router.match',
      'Hono.router',
      'Hono.route',
    ],
    'default router': ['Router', 'router', 'SmartRouter', 'HonoOptions.router', 'Hono.router'],
  }),
  ...ask('flask', {
    config: ['Config', 'config', 'config.py'],
    blueprint: 'Blueprint',
    routing: ['Scaffold.route', 'Router'],
    'render template': 'render_template',
    url_for: ['url_for', 'Flask.url_for'],
    'request context': ['RequestContext', 'Flask.request_context', 'AppContext'],
    'how does flask load configuration': [
      'Config',
      'config',
      'config.py',
      'Config.from_object',
      'Config.from_file',
      'Config.from_envvar',
      'Config.from_pyfile',
    ],
    'error handlers': ['Scaffold.errorhandler', 'Scaffold.register_error_handler'],
    'who calls from_object': 'Config.from_object',
    'where is url_for tested': ['url_for', 'Flask.url_for'],
    'who reads SESSION_COOKIE_NAME': 'SessionInterface.get_cookie_name',
  }),
  ...ask('cJSON', {
    cJSON_Parse: 'cJSON_Parse',
    parse: 'cJSON_Parse',
    print: 'cJSON_Print',
    compare: 'cJSON_Compare',
    'how is memory allocated': ['cJSON_malloc', 'cJSON_InitHooks', 'cJSON_Hooks', 'internal_hooks'],
  }),
  ...ask('gin', {
    engine: 'Engine',
    'gin.Context': 'Context',
    recovery: 'Recovery',
    'how are params of a route read': ['Context.Param', 'Params', 'Param', 'Params.Get', 'Context.Params'],
    'bind json': ['Context.BindJSON', 'Context.ShouldBindJSON', 'bindJSON'],
  }),
  ...ask('gson', {
    Gson: 'Gson',
    toJson: 'Gson.toJson',
    'type adapters': 'TypeAdapter',
    'which class creates adapters': ['TypeAdapterFactory', 'TypeAdapterFactory.create', 'InstanceCreator'],
    parser: ['JsonParser', 'JsonStreamParser'],
  }),
  ...ask('ripgrep', {
    parse: ['parse', 'parse_low', 'parse.rs'],
    searcher: 'Searcher',
    glob: ['Glob', 'globset'],
    'where are arguments parsed': ['parse', 'parse_low', 'parse.rs', 'HiArgs', 'LowArgs', 'Parser', 'Parser.parse'],
    walking: ['Walk', 'WalkBuilder', 'walk.rs'],
  }),
  ...ask('express', {
    application: ['application', 'application.js', 'lib/application.js', 'app'],
    'send file': 'res.sendFile',
    view: 'View',
    'how are views rendered': ['View', 'View.render', 'res.render', 'app.render'],
  }),
]
