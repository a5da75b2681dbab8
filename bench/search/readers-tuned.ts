/** What readers of some repositories ask, for tuning. Written before any tuning, from the source. See `readers.ts`. */

import { asked, type ReadersQuestion } from './readers.ts'

export const TUNED: readonly ReadersQuestion[] = [
  ...asked('click', {
    docs: {
      'command return values': ['docs/commands.md#Command Return Values', 'Group.result_callback'],
      'option decorator': ['docs/options.md#Option Decorator', 'option'],
      'optional prompts': ['docs/prompts.md#Optional Prompts', 'Option.prompt_required'],
      'printing filenames': ['docs/utils.md#Printing Filenames', 'format_filename'],
      'showing progress bars': ['docs/utils.md#Showing Progress Bars', 'progressbar'],
      'file system isolation': ['docs/testing.md#File System Isolation', 'CliRunner.isolated_filesystem'],
    },
    issues: {
      'fix shell completion for nested groups': [
        '_resolve_context',
        'ShellComplete',
        'shell_complete',
        'Group.shell_complete',
      ],
      'document completion of path in shells': ['Path.shell_complete', 'docs/shell-completion.md'],
    },
    hand: {
      'progress bar': ['progressbar', 'docs/utils.md#Showing Progress Bars'],
      'how do I add a subcommand': ['Group.command', 'Group.add_command', 'docs/commands-and-groups.md'],
      'prompt for a password': ['password_option', 'prompt', 'hidden_prompt_func'],
      'test a command': ['CliRunner', 'CliRunner.invoke', 'docs/testing.md'],
      'colored output': ['style', 'secho', 'docs/utils.md#ANSI Colors'],
      'where is the callback of a command called': ['Command.invoke', 'Context.invoke'],
      'environment variables': [
        'docs/options.md#Values from Environment Variables',
        'docs/options.md#Multiple Options from Environment Values',
        'Parameter.resolve_envvar_value',
        'Parameter.value_from_envvar',
        'Option.resolve_envvar_value',
        'Option.value_from_envvar',
        'docs/arguments.md#Environment Variables',
      ],
      'custom parameter type': ['ParamType', 'docs/parameter-types.md#How to Implement Custom Types', 'FuncParamType'],
      pager: ['echo_via_pager', 'get_pager_file', 'docs/utils.md#Pager Support'],
    },
  }),
  ...asked('httpx', {
    docs: {
      'merging of configuration': ['docs/advanced/clients.md#Merging of configuration'],
      'client side certificates': ['docs/advanced/ssl.md#Client side certificates'],
      'wildcard routing': ['docs/advanced/transports.md#Wildcard routing'],
      'query parameters': ['docs/compatibility.md#Query Parameters', 'QueryParams'],
      'sending multipart file uploads': [
        'docs/quickstart.md#Sending Multipart File Uploads',
        'docs/advanced/clients.md#Multipart file encoding',
      ],
    },
    issues: {
      'AsyncClient should use timeout when establishing tunnel proxy connection': [
        'AsyncClient',
        'Timeout',
        'AsyncClient._init_proxy_transport',
        'Proxy',
      ],
      'specified timeout not enforced (using a proxy)': [
        'Timeout',
        'Proxy',
        'docs/advanced/timeouts.md',
        'docs/advanced/proxies.md',
      ],
      'how to set proxy connect timeout': [
        'Timeout',
        'Timeout.connect',
        'ConnectTimeout',
        'docs/advanced/timeouts.md',
        'docs/advanced/proxies.md',
      ],
    },
    hand: {
      'where are redirects followed': ['Client._send_handling_redirects', 'AsyncClient._send_handling_redirects'],
      'connection pool': ['Limits', 'docs/advanced/resource-limits.md'],
      http2: ['docs/http2.md'],
      timeouts: ['Timeout', 'docs/advanced/timeouts.md'],
      'upload a file': [
        'docs/quickstart.md#Sending Multipart File Uploads',
        'docs/compatibility.md#Upload files',
        'MultipartStream',
        'FileField',
      ],
      'disable certificate verification': ['docs/advanced/ssl.md', 'create_ssl_context'],
      'how do I stream a response': [
        'Client.stream',
        'AsyncClient.stream',
        'stream',
        'docs/quickstart.md#Streaming Responses',
        'docs/async.md#Streaming responses',
      ],
      'basic authentication': ['BasicAuth', 'docs/advanced/authentication.md#Basic authentication'],
      'mock requests in tests': ['MockTransport', 'docs/advanced/transports.md#Mock transports'],
      'call an ASGI application': ['ASGITransport', 'docs/advanced/transports.md#ASGI Transport', 'docs/async.md'],
      'where is gzip decoded': ['GZipDecoder', 'GZipDecoder.decode'],
    },
  }),
  ...asked('cobra', {
    docs: {
      'debugging active help': ['site/content/active_help.md'],
      'descriptions for completions': [
        'site/content/completions/_index.md#Descriptions for completions',
        'CompletionWithDesc',
      ],
      'flag groups': ['site/content/user_guide.md#Flag Groups', 'flag_groups.go', 'Command.ValidateFlagGroups'],
      'suggestions when unknown command happens': [
        'site/content/user_guide.md#Suggestions when "unknown command" happens',
        'Command.SuggestionsFor',
        'Command.findSuggestions',
      ],
    },
    issues: {
      'add example for making persistent flags required': [
        'Command.MarkPersistentFlagRequired',
        'site/content/user_guide.md#Required flags',
      ],
      'persistent flags completions': [
        'Command.PersistentFlags',
        'Command.MarkPersistentFlagFilename',
        'site/content/user_guide.md#Persistent Flags',
        'site/content/completions/_index.md#Completions for flags',
        'Command.RegisterFlagCompletionFunc',
      ],
      "required flag doesn't work with PersistentPreRun": [
        'Command.PersistentPreRun',
        'Command.ValidateRequiredFlags',
        'Command.MarkFlagRequired',
      ],
    },
    hand: {
      'how do I add a subcommand': [
        'Command.AddCommand',
        'site/content/user_guide.md#Create additional commands',
        'site/content/user_guide.md#Organizing subcommands',
      ],
      'mutually exclusive flags': ['Command.MarkFlagsMutuallyExclusive', 'validateExclusiveFlagGroups'],
      'number of arguments': ['ExactArgs', 'MinimumNArgs', 'MaximumNArgs', 'RangeArgs', 'PositionalArgs'],
      'generate man pages': ['GenManTree', 'GenMan', 'GenManTreeFromOpts', 'site/content/docgen/man.md'],
      'where are commands looked up': ['Command.Find', 'Command.Traverse', 'Command.findNext'],
      'help template': ['Command.SetHelpTemplate', 'Command.HelpTemplate', 'defaultHelpTemplate'],
      'zsh completion': [
        'Command.GenZshCompletion',
        'site/content/completions/zsh.md',
        'Command.GenZshCompletionFile',
        'site/content/completions/_index.md#Zsh completions',
      ],
    },
  }),
  ...asked('fastify', {
    docs: {
      'google firebase functions': ['docs/Guides/Serverless.md#Google Firebase Functions'],
      'fastify alternatives': ['docs/Reference/Middleware.md#Fastify Alternatives'],
      'type contravariance': ['docs/Guides/Write-Type-Provider.md#Type Contravariance'],
    },
    issues: {
      'custom parser(s) support and more encapsulation': [
        'ContentTypeParser',
        'docs/Reference/ContentTypeParser.md',
        'docs/Reference/Encapsulation.md',
        'AddContentTypeParser',
      ],
      "plugin register addContentTypeParser doesn't work as expected": [
        'AddContentTypeParser',
        'addContentTypeParser',
        'ContentTypeParser',
        'docs/Reference/ContentTypeParser.md',
        'FastifyInstance.addContentTypeParser',
      ],
      'support for custom content types': ['ContentTypeParser', 'docs/Reference/ContentTypeParser.md'],
    },
    hand: {
      'error handler': [
        'setErrorHandler',
        'docs/Reference/Server.md',
        'docs/Reference/Errors.md',
        'FastifyInstance.setErrorHandler',
        'error-handler.js',
        'handleError',
      ],
      'decorate a request': ['decorateRequest', 'FastifyInstance.decorateRequest', 'docs/Reference/Decorators.md'],
      'where is the schema compiled': [
        'compileSchemasForValidation',
        'compileSchemasForSerialization',
        'SchemaController',
        'schema-controller.js',
        'validation.js',
      ],
      'lifecycle hooks': [
        'docs/Reference/Hooks.md',
        'docs/Reference/Lifecycle.md',
        'Hooks',
        'hooks.js',
        'lifecycleHooks',
      ],
      'body limit': [
        'docs/Reference/Server.md',
        'rawBody',
        'bodyLimit',
        'validateBodyLimitOption',
        'RouteShorthandOptions.bodyLimit',
        'FastifyHttpOptions.bodyLimit',
        'docs/Reference/Routes.md',
      ],
    },
  }),
]
