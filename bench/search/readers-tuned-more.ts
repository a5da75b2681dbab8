/** What readers of a PHP, a C++ and two C# repositories ask, for tuning; written as those of `readers-tuned-rust.ts`. */

import { asked, type ReadersQuestion } from './readers.ts'

export const TUNED_MORE: readonly ReadersQuestion[] = [
  ...asked('league-csv', {
    docs: {
      'prevents CSV formula injection': ['docs/9.0/interoperability/escape-formula-injection.md', 'EscapeFormula'],
      'controlling the presence of empty records': [
        'docs/9.0/reader/index.md#Controlling the presence of empty records',
        'Reader::includeEmptyRecords',
        'Reader::skipEmptyRecords',
      ],
      'exporting a database table as a CSV document': [
        'docs/9.0/index.md#Exporting a database table as a CSV document',
        'RdbmsResult',
      ],
      'handling end of line': ['docs/9.0/writer/index.md#Handling end of line', 'Writer::setEndOfLine'],
      'detecting the delimiter character': [
        'docs/9.0/connections/controls.md#Detecting the delimiter character',
        'Info::getDelimiterStats',
        'Info',
      ],
    },
    issues: {
      'the header record must be empty or a flat array with unique string values': [
        'SyntaxError',
        'SyntaxError::dueToDuplicateHeaderColumnNames',
        'SyntaxError::dueToInvalidHeaderColumnNames',
        'docs/9.0/reader/index.md#Document header',
      ],
      'how to retrieve header with several empty values': [
        'TabularDataReader::getRecords',
        'Reader::getRecords',
        'Reader::getHeader',
        'docs/9.0/reader/index.md#Document header',
        'docs/9.0/reader/tabular-data-reader.md#getRecords',
        'docs/9.0/reader/tabular-data-reader.md#getHeader',
      ],
      'unable to skip header with offset': [
        'Reader::setHeaderOffset',
        'docs/9.0/reader/index.md#Document header',
        'Statement::offset',
      ],
    },
    hand: {
      'how do I convert to json': ['JsonConverter', 'docs/9.0/converter/json.md'],
      'write a BOM for excel': [
        'AbstractCsv::setOutputBOM',
        'docs/9.0/interoperability/encoding.md',
        'docs/9.0/connections/bom.md',
      ],
      'where are records validated before insertion': [
        'Writer::validateRecord',
        'Writer::addValidator',
        'docs/9.0/writer/index.md#Record Validator',
        'Writer::insertOne',
      ],
      'map a record to an object': [
        'docs/9.0/reader/record-mapping.md',
        'MapRecord',
        'Denormalizer',
        'TabularDataReader::getRecordsAsObject',
        'docs/9.0/reader/tabular-data-reader.md#getRecordsAsObject',
        'Reader::getRecordsAsObject',
      ],
    },
  }),
  ...asked('MediatR', {
    readme: {
      'using contracts-only package': ['README.md#Using Contracts-Only Package'],
      'registering with IServiceCollection': [
        'README.md#Registering with IServiceCollection',
        'ServiceCollectionExtensions',
        'ServiceCollectionExtensions.AddMediatR',
      ],
    },
    issues: {
      'INotification with IPipelineBehavior': ['IPipelineBehavior', 'INotification'],
      'adding method for registering stream behaviors': [
        'MediatRServiceConfiguration.AddStreamBehavior',
        'MediatRServiceConfiguration.AddOpenStreamBehavior',
      ],
      'no service for type IRequestHandler has been registered': [
        'IRequestHandler',
        'ServiceRegistrar',
        'ServiceRegistrar.AddMediatRClasses',
      ],
      'generic exception handler': ['IRequestExceptionHandler', 'RequestExceptionProcessorBehavior'],
    },
    hand: {
      'how do I publish a notification': ['IPublisher.Publish', 'Mediator.Publish', 'IPublisher'],
      'publish notifications in parallel': ['TaskWhenAllPublisher', 'TaskWhenAllPublisher.Publish', 'Publisher'],
      'run code before each request': ['IRequestPreProcessor', 'RequestPreProcessorBehavior', 'IPipelineBehavior'],
      'where are handlers registered': [
        'ServiceRegistrar',
        'ServiceRegistrar.AddMediatRClasses',
        'ServiceRegistrar.AddMediatRClassesWithTimeout',
        'ServiceRegistrar.ConnectImplementationsToTypesClosing',
      ],
      'stream of responses': [
        'IStreamRequest',
        'IStreamRequestHandler',
        'ISender.CreateStream',
        'Mediator.CreateStream',
        'IStreamPipelineBehavior',
      ],
      'order of exception handlers': ['HandlersOrderer', 'HandlersOrderer.Prioritize', 'ObjectDetails'],
    },
  }),
  ...asked('argparse', {
    readme: {
      'gathering remaining arguments': ['README.md#Gathering Remaining Arguments', 'Argument::remaining'],
      'parent parsers': ['README.md#Parent Parsers', 'ArgumentParser::add_parents'],
      'deciding if the value was given by the user': [
        'README.md#Deciding if the value was given by the user',
        'ArgumentParser::is_used',
      ],
      'restricting the set of values for an argument': [
        'README.md#Restricting the set of values for an argument',
        'Argument::choices',
      ],
    },
    issues: {
      'adding mutually exclusive arguments': [
        'README.md#Mutually Exclusive Group',
        'ArgumentParser::add_mutually_exclusive_group',
        'MutuallyExclusiveGroup',
        'ArgumentParser::MutuallyExclusiveGroup',
      ],
      'print main command along with subcommand on help page': [
        'ArgumentParser::add_subparser',
        'ArgumentParser::print_help',
        'ArgumentParser::help',
        'README.md#Subcommands',
        'README.md#Printing Help',
      ],
      'parse_known_args did not check mutually_exclusive_groups': [
        'ArgumentParser::parse_known_args',
        'ArgumentParser::parse_known_args_internal',
        'README.md#Parse Known Args',
      ],
    },
    hand: {
      'how do I set a default value': ['Argument::default_value', 'README.md#Default Arguments'],
      'hide an option from the help': [
        'Argument::hidden',
        'README.md#Hidden argument and alias',
        'add_hidden_alias_for',
      ],
      'where are negative numbers recognised': [
        'Argument::is_decimal_literal',
        'Argument::is_positional',
        'Argument::is_optional',
        'README.md#Negative Numbers',
        'negative_numbers.cpp',
      ],
      'number of values an argument takes': [
        'Argument::nargs',
        'NArgsRange',
        'nargs_pattern',
        'README.md#List of Arguments',
        'Argument::NArgsRange',
      ],
      'store a value in a variable': ['Argument::store_into', 'README.md#Storing values into variables'],
    },
  }),
  ...asked('commandline', {
    readme: {
      'quick start examples': ['README.md#Quick Start Examples'],
      'resources for newcomers': ['README.md#Resources for newcomers:'],
    },
    issues: {
      'generate help on a specific verb': [
        'HelpText.AddVerbs',
        'HelpText.AutoBuild',
        'HelpText',
        'HelpVerbRequestedError',
      ],
      'formatting help text (ends of line)': [
        'HelpText.AdditionalNewLineAfterOption',
        'HelpText.AddNewLineBetweenHelpSections',
        'HelpText',
      ],
      'verb "help" not recognized': [
        'ParserSettings.AutoHelp',
        'HelpVerbRequestedError',
        'InstanceChooser',
        'BadVerbSelectedError',
      ],
    },
    hand: {
      'how do I make an option required': ['BaseAttribute.Required', 'OptionAttribute'],
      'ignore unknown arguments': ['ParserSettings.IgnoreUnknownArguments'],
      'where are verbs chosen': ['InstanceChooser', 'InstanceChooser.Choose', 'InstanceChooser.MatchVerb'],
      'mutually exclusive options': [
        'MutuallyExclusiveSetError',
        'OptionAttribute.SetName',
        'SpecificationPropertyRules.EnforceMutuallyExclusiveSet',
      ],
      'format an options instance back to a command line': [
        'UnParserExtensions.FormatCommandLine',
        'UnParserExtensions.FormatCommandLineArgs',
        'UnParserExtensions',
        'UnParserSettings',
      ],
      'case insensitive enum values': ['ParserSettings.CaseInsensitiveEnumValues'],
      'localize help messages': [
        'SentenceBuilder',
        'LocalizableSentenceBuilder',
        'LocalizableAttributeProperty',
        'BaseAttribute.ResourceType',
        'SentenceBuilder.Factory',
      ],
    },
  }),
]
