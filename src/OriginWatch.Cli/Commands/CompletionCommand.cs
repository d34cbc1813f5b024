using System.CommandLine;

namespace OriginWatch.Cli.Commands;

/// <summary><c>originwatch completion SHELL</c>: prints what the shell loads. The words come from the program itself, by the directive
/// [suggest].</summary>
internal sealed class CompletionCommand
{
    private const string Bash = """
        # bash: source <(originwatch completion bash)
        _originwatch() {
          local IFS=$'\n' word=${COMP_WORDS[COMP_CWORD]}
          COMPREPLY=($(originwatch "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null | grep -F -- "$word"))
          if [ ${#COMPREPLY[@]} -eq 0 ]; then COMPREPLY=($(compgen -f -- "$word")); fi
        }
        complete -F _originwatch originwatch

        """;

    private const string Zsh = """
        #compdef originwatch
        # zsh: source <(originwatch completion zsh), after compinit
        _originwatch() {
          local -a words_of_program
          words_of_program=("${(@f)$(originwatch "[suggest:$CURSOR]" "$BUFFER" 2>/dev/null)}")
          words_of_program=(${words_of_program:#})
          if (( ${#words_of_program} )); then compadd -- $words_of_program; else _files; fi
        }
        compdef _originwatch originwatch

        """;

    private const string Fish = """
        # fish: originwatch completion fish | source
        function __originwatch_words
            set -l line (commandline -cp)
            originwatch "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null
        end
        complete -c originwatch -a '(__originwatch_words)'

        """;

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish" };

    public Command Create()
    {
        var command = new Command(
            "completion",
            "Print a script that completes commands and options in a shell. Example: originwatch completion bash"
        )
        {
            _shell,
        };
        _shell.AcceptOnlyFromAmong("bash", "zsh", "fish");
        command.SetAction(parsed => parsed.InvocationConfiguration.Output.Write(ScriptOf(parsed.GetRequiredValue(_shell))));
        return command;
    }

    private static string ScriptOf(string shell) =>
        shell switch
        {
            "bash" => Bash,
            "zsh" => Zsh,
            _ => Fish,
        };
}
