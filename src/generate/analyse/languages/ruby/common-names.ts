/** Method names so common in Ruby libraries that a call need not mean the repository's method of that name. */
export const commonNames: ReadonlySet<string> = new Set(
  `[] []= <=> == === =~ << + - * / & | ! % add all all? any? append apply at attributes begin body build call callback
  capture chain check children class clean clear clone close collect color compact compile concat config configure
  connect content content_type copy count create current data date day decode default delete delete_if destroy detect
  dig disable dispatch dup each each_pair each_with_index empty? enable encode end entries env eql? equal? error errors
  escape eval even? exec execute exist? exists? exit expand fail fetch field fields file filename filter find find_all
  first flatten flush force format freeze from get group groups handle has_key? hash head header headers height host
  hour id include? info init insert inspect instance invoke is_a? items join key key? keys kind label last length level
  line lines link list listen load location lock log logger lookup loop map match matches max member? merge message
  method methods min mode month name names new next nil? notify now number on open options order output params parent
  parse partition pass path pattern ping pop port position prefix prepare present? print process proc protocol push put
  puts query quit raise read record redirect reduce register reject reload remove rename render replace request
  require_user reset resolve respond respond_to? response result results reverse rewind root route routes run safe save
  scan scheme scope search second select send session set setup shift show size skip sleep sort sort_by source split
  start start_with? status stop store string strip style sub sum swap sync tag tags take tap target template test text
  then time times title to_a to_ary to_h to_hash to_i to_proc to_s to_str to_sym to_json token top transform trigger
  type unique uniq unlock unset update uri url use user valid? validate value values version view visit wait warn width
  with wrap write year yield zip`.split(/\s+/),
)

/** Methods of every object or module; a call means one of the repository only if its type declares it. */
export const coreNames: ReadonlySet<string> = new Set(
  `Array Complex Float Hash Integer Rational String __callee__ __dir__ __method__ abort alias_method at_exit attr
  attr_accessor attr_reader attr_writer autoload? binding block_given? caller caller_locations catch class_eval
  class_exec class_variable_get class_variable_set const_defined? const_get const_missing const_set
  constants define_method eval exec exit exit! extend extended fail fork format freeze frozen? gets global_variables
  include included inherited instance_eval instance_exec instance_method instance_variable_defined?
  instance_variable_get instance_variable_set is_a? lambda local_variables loop method method_defined? methods
  module_eval module_function nil? object_id open p pp prepend prepended print printf private private_class_method
  private_constant proc protected public public_class_method public_send putc puts raise rand readline readlines
  refine remove_const remove_method respond_to? select send set_trace_func singleton_class sleep spawn sprintf srand
  syscall system tap test throw trap undef_method using warn`.split(/\s+/),
)
