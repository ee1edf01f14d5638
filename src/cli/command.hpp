#pragma once
#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <string>

#include "core/error.hpp"

namespace hadir {

/// What the program ends with: 0 done, 1 it didn't work, 2 bad input (the caller can mend the command line or a file).
using ExitCode = int;

/// A subcommand is one pair of files, NAME_command.hpp and .cpp, with one function `void add_NAME_command(CLI::App&,
/// ExitCode&)` called in commands.cpp. It adds the subcommand with its options and a callback that runs it:
///
///     auto options = std::make_shared<Options>();
///     CLI::App* command = app.add_subcommand("models", "List, fetch and verify model packs");
///     command->add_option("--pack", options->pack, "name of a pack")->capture_default_str();
///     command->callback([options, &exit] { exit = exit_code(run(*options)); });
///
/// The answer goes to stdout, everything else to stderr (spdlog for what happens, `exit_code` for why it failed).

/// 0 for success; otherwise prints "hadir: <message>" on stderr, masked, and returns the code for that kind of error.
ExitCode exit_code(const Status& status);
ExitCode exit_code(const Error& error);

/// One JSON document and a line end on stdout.
void print_json(const nlohmann::ordered_json& json);

/// All subcommands; the one list of them.
void add_commands(CLI::App& app, ExitCode& exit);

/// Parses the arguments and runs the subcommand they name. What `main` does, for tests to call.
ExitCode run_command_line(int argc, const char* const* argv);

}  // namespace hadir
