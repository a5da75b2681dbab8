/** More questions of readers in their own words, for tuning; written as those of `readers-tuned-rust.ts`. */

import { asked, type ReadersQuestion } from './readers.ts'

export const TUNED_HAND: readonly ReadersQuestion[] = [
  ...asked('league-csv', {
    hand: {
      'sort rows by a column': [
        'Statement::orderBy',
        'Statement::orderByAsc',
        'Statement::orderByDesc',
        'docs/9.0/reader/statement.md#Ordering',
        'Query\\Ordering\\Column',
        'ResultSet::sorted',
      ],
      'how do I filter records': [
        'Statement::where',
        'docs/9.0/reader/statement.md#Where clauses',
        'TabularDataReader::filter',
        'docs/9.0/reader/tabular-data-reader.md#filter',
        'ResultSet::filter',
        'Reader::filter',
        'Buffer::filter',
      ],
      'only read the first ten rows': [
        'Statement::limit',
        'docs/9.0/reader/statement.md#Limit and Offset',
        'Query\\Limit',
      ],
      'send the file to the browser': [
        'AbstractCsv::download',
        'docs/9.0/connections/output.md#Downloading the document',
        'HttpHeaders::forFileDownload',
        'AbstractCsv::output',
        'docs/9.0/connections/output.md',
      ],
      'read from a string': [
        'AbstractCsv::fromString',
        'AbstractCsv::createFromString',
        'docs/9.0/connections/instantiation.md#Loading from a string',
        'Stream::fromString',
      ],
      'cast a column to a date': [
        'CastToDate',
        'docs/9.0/reader/record-mapping.md#CastToDate',
        'Serializer\\CastToDate',
      ],
      'where is the delimiter set': [
        'AbstractCsv::setDelimiter',
        'docs/9.0/connections/controls.md#The delimiter character',
      ],
    },
  }),
  ...asked('MediatR', {
    hand: {
      'how do I send a request': ['ISender.Send', 'Mediator.Send', 'ISender'],
      'handler without a response': ['IRequestHandler', 'IRequest', 'Unit'],
      'add a behavior to the pipeline': [
        'MediatRServiceConfiguration.AddBehavior',
        'MediatRServiceConfiguration.AddOpenBehavior',
        'IPipelineBehavior',
      ],
      'how long may registration take': [
        'MediatRServiceConfiguration.RegistrationTimeout',
        'ServiceRegistrar.AddMediatRClassesWithTimeout',
      ],
      'log exceptions of a handler': [
        'IRequestExceptionAction',
        'RequestExceptionActionProcessorBehavior',
        'IRequestExceptionHandler',
        'LogExceptionAction',
      ],
    },
  }),
  ...asked('commandline', {
    hand: {
      'run code when parsing succeeded': [
        'ParserResultExtensions.WithParsed',
        'WithParsed',
        'WithParsedAsync',
        'Parsed',
      ],
      'what happens with errors': ['ParserResultExtensions.WithNotParsed', 'Error', 'NotParsed', 'WithNotParsed'],
      'positional arguments': ['ValueAttribute', 'ValueAttribute.Index'],
      'where is a string converted to the type of a property': [
        'TypeConverter',
        'TypeConverter.ChangeType',
        'TypeConverter.ChangeTypeScalar',
      ],
      'count how often a flag is given': ['OptionAttribute.FlagCounter'],
      'separator of a list of values': ['OptionAttribute.Separator'],
      'wrap long lines of help': [
        'TextWrapper',
        'TextWrapper.WordWrap',
        'TextWrapper.WrapAndIndentText',
        'HelpText.MaximumDisplayWidth',
      ],
      'where is the command line split into tokens': [
        'Tokenizer',
        'Tokenizer.Tokenize',
        'GetoptTokenizer',
        'GetoptTokenizer.Tokenize',
        'UnParserExtensions.SplitArgs',
      ],
      'show usage examples in help': [
        'UsageAttribute',
        'Example',
        'HelpText.RenderUsageText',
        'HelpText.RenderUsageTextAsLines',
      ],
      'stop at double dash': ['ParserSettings.EnableDashDash', 'ParserSettings.PosixlyCorrect'],
    },
  }),
  ...asked('argparse', {
    hand: {
      'how do I make an argument required': ['Argument::required', 'README.md#Requiring optional arguments'],
      'call a function for an argument': ['Argument::action', 'README.md#Converting to Numeric Types'],
      'parse hexadecimal numbers': [
        'Argument::scan',
        'parse_number',
        'consume_hex_prefix',
        'chars_format',
        'README.md#Converting to Numeric Types',
      ],
      'change the prefix of options': ['ArgumentParser::set_prefix_chars', 'README.md#Custom Prefix Characters'],
      'text below the help': ['ArgumentParser::add_epilog', 'README.md#Adding a description and an epilog to help'],
      'where is the usage line built': [
        'ArgumentParser::usage',
        'Argument::get_inline_usage',
        'Argument::get_usage_full',
      ],
      'was a subcommand used': ['ArgumentParser::is_subcommand_used'],
    },
  }),
  ...asked('uuid', {
    hand: {
      'timestamp of a uuid': ['Uuid::get_timestamp', 'Timestamp'],
      'format as urn': ['Uuid::urn', 'Urn', 'Uuid::as_urn', 'Urn::encode_lower'],
      'all zeros': ['Uuid::nil', 'Builder::nil', 'Uuid::is_nil'],
      'sortable ids for a database': [
        'Uuid::now_v7',
        'Uuid::new_v7',
        'src/lib.rs#Which UUID version should I use?',
        'sortable_uuid.rs',
      ],
      'parse at compile time': ['uuid', 'macros.rs', 'uuid_macro.rs'],
      'where are random bytes generated': ['rng.rs', 'imp::fill', 'u128', 'rng::u128', 'bytes'],
    },
  }),
  ...asked('walkdir', {
    hand: {
      'directories after their files': ['WalkDir::contents_first'],
      'how do I ignore errors': ['src/lib.rs#Example', 'README.md#Example', 'IntoIter::filter_entry', 'Error'],
      'inode number': ['DirEntryExt::ino', 'DirEntry::ino', 'DirEntryExt'],
      'path of an error': ['Error::path'],
    },
  }),
  ...asked('xshell', {
    hand: {
      'set an environment variable': ['Shell::set_var', 'Shell::with_var', 'Cmd::env', 'Cmd::envs'],
      'ignore a failing exit status': ['Cmd::ignore_status', 'Cmd::set_ignore_status'],
      'delete a file': ['Shell::remove_path'],
      'print the command before it runs': ['Cmd::run_echo'],
      'pass a list of arguments': ['Cmd::args', 'src/lib.rs#Guide', 'cmd'],
    },
  }),
]
