/**
 * What readers of some Rust repositories ask, for tuning; written before the search was asked, as in `readers-tuned.ts`.
 * `src/lib.rs#Guide` is a section of the comment at the head of a file.
 */

import { asked, type ReadersQuestion } from './readers.ts'

export const TUNED_RUST: readonly ReadersQuestion[] = [
  ...asked('uuid', {
    docs: {
      'which UUID version should I use': ['src/lib.rs#Which UUID version should I use?'],
      'building for WebAssembly': ['src/lib.rs#WebAssembly', 'src/lib.rs#Building for other targets'],
      'unstable features': ['src/lib.rs#Unstable features'],
      'working with different UUID versions': ['src/lib.rs#Working with different UUID versions', 'Version'],
    },
    issues: {
      'serde serialize_with support': [
        'serde_support.rs',
        'compact',
        'simple',
        'braced',
        'urn',
        'serde::compact',
        'hyphenated',
      ],
      'initialization of CONTEXT in timestamp::context::shared_context() not thread-safe': [
        'shared_context_v1',
        'shared_context_v7',
        'context',
        'ContextV1',
      ],
      'only increment v1 context when the seconds component matches': [
        'ContextV1',
        'ContextV1::generate_sequence',
        'shared_context_v1',
        'Uuid::new_v1',
      ],
    },
    hand: {
      'how do I generate a random uuid': [
        'Uuid::new_v4',
        'src/lib.rs#Getting started',
        'README.md#Getting started',
        'random_uuid.rs',
        'Builder::from_random_bytes',
      ],
      'where is a hyphenated uuid parsed': ['parse_hyphenated', 'Uuid::parse_str', 'try_parse', 'parser.rs'],
      'use without the standard library': ['src/lib.rs#Embedded', 'src/lib.rs#Building for other targets'],
      'uuid from a name and a namespace': ['Uuid::new_v5', 'Uuid::new_v3'],
      'windows guid byte order': [
        'windows_guid.rs',
        'Uuid::from_fields_le',
        'Uuid::to_fields_le',
        'Uuid::from_bytes_le',
        'Uuid::to_bytes_le',
        'guid_to_uuid',
        'uuid_to_guid',
      ],
    },
  }),
  ...asked('walkdir', {
    docs: {
      'follow symbolic links': [
        'WalkDir::follow_links',
        'WalkDir::follow_root_links',
        'README.md#Example: follow symbolic links',
        'src/lib.rs#Example: follow symbolic links',
      ],
      'skip hidden files and directories efficiently': [
        'README.md#Example: skip hidden files and directories efficiently on unix',
        'src/lib.rs#Example: skip hidden files and directories on unix',
        'IntoIter::filter_entry',
      ],
      'minimum rust version policy': ['README.md#Minimum Rust version policy'],
      'from the top': ['src/lib.rs#From the top'],
    },
    issues: {
      'filter_entry returns after first entry': ['IntoIter::filter_entry', 'FilterEntry', 'FilterEntry::filter_entry'],
      'add option to iterate in a fixed order': [
        'WalkDir::sort_by',
        'WalkDir::sort_by_key',
        'WalkDir::sort_by_file_name',
      ],
      'yield parent directory before reading it': [
        'WalkDir::contents_first',
        'IntoIter::handle_entry',
        'IntoIter::push',
      ],
    },
    hand: {
      'limit the depth': ['WalkDir::max_depth', 'WalkDir::min_depth'],
      'how do I skip a directory': [
        'IntoIter::skip_current_dir',
        'IntoIter::filter_entry',
        'FilterEntry::skip_current_dir',
        'src/lib.rs#Example: skip hidden files and directories on unix',
        'README.md#Example: skip hidden files and directories efficiently on unix',
      ],
      'where are symlink loops detected': ['IntoIter::check_loop', 'Error::loop_ancestor', 'Error::from_loop'],
      'too many open files': ['WalkDir::max_open'],
      'stay on one file system': ['WalkDir::same_file_system'],
    },
  }),
  ...asked('xshell', {
    docs: {
      'related crates': ['src/lib.rs#Related Crates'],
      'implementation notes': ['src/lib.rs#Implementation Notes'],
      guide: ['src/lib.rs#Guide'],
    },
    issues: {
      'return the current environment of the shell': ['Shell::vars_os', 'Shell::var', 'Shell::var_os'],
      'implement Clone for Shell': ['Shell', 'CHANGELOG.md#0.2.6'],
      'fix run ignoring stdin': ['Cmd::stdin', 'Cmd::run', 'CHANGELOG.md#0.2.3'],
    },
    hand: {
      'how do I change the working directory': ['Shell::set_current_dir', 'Shell::with_current_dir'],
      'capture the output of a command': ['Cmd::read', 'Cmd::output', 'Cmd::read_stderr'],
      'kill a command after a timeout': [
        'Cmd::timeout',
        'Cmd::set_timeout',
        'Cmd::deadline',
        'wait_deadline',
        'timeout.rs',
      ],
      'hide a password in the printed command': ['Cmd::secret', 'Cmd::set_secret'],
      'temporary directory': ['Shell::create_temp_dir', 'TempDir'],
      'where is the process spawned': ['exec', 'exec.rs', 'wait_deadline'],
    },
  }),
]
