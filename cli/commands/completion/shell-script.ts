export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/**
 * The script is the same for every version: it hands the words so far to `opsctl __complete`, which knows the commands,
 * and shows what comes back, one candidate in a line, `value<TAB>what it is`.
 */
export function scriptFor(shell: Shell): string {
  return scripts[shell];
}

const scripts: Readonly<Record<Shell, string>> = {
  bash: `# opsctl completion for bash
_opsctl() {
  local line
  COMPREPLY=()
  # Addresses hold no character at which bash breaks words, but an option with = does.
  while IFS= read -r line; do COMPREPLY+=("\${line%%$'\\t'*}"); done < <(opsctl __complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
  if [ \${#COMPREPLY[@]} -eq 1 ] && [ "\${COMPREPLY[0]}" = ':files' ]; then
    compopt -o default 2>/dev/null
    COMPREPLY=()
  fi
}
complete -F _opsctl opsctl
`,
  zsh: `#compdef opsctl
# opsctl completion for zsh
_opsctl() {
  local -a candidates
  local line value
  while IFS= read -r line; do
    value=\${line%%$'\\t'*}
    if [ "$value" = ':files' ]; then _files; return; fi
    candidates+=("\${value//:/\\\\:}:\${line#*$'\\t'}")
  done < <(opsctl __complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  _describe 'opsctl' candidates
}
if [ "$funcstack[1]" = '_opsctl' ]; then _opsctl "$@"; else compdef _opsctl opsctl; fi
`,
  fish: `# opsctl completion for fish
function __opsctl_complete
  set -l words (commandline -opc)[2..-1] (commandline -ct)
  set -l candidates (opsctl __complete -- $words 2>/dev/null)
  if test "$candidates" = ':files'
    __fish_complete_path (commandline -ct)
  else
    printf '%s\\n' $candidates
  end
end
complete -c opsctl -f -a '(__opsctl_complete)'
`,
};
