#include "cli/user_command.hpp"

#include <memory>
#include <print>

#include "cli/password_prompt.hpp"
#include "server/access_start.hpp"
#include "server/data_folder.hpp"
#include "server/system_clock.hpp"

namespace hadir {
namespace {

using Json = nlohmann::ordered_json;

struct UserOptions {
  std::string data = "data";
  std::string url = "http://localhost:5000";
  std::string name;
  std::string display_name;
  std::vector<std::string> roles;
  std::vector<std::string> cameras;
  std::vector<std::string> departments;
  std::string person;  ///< an employee code
  bool invite = false;
  bool json = false;
};

/// What the commands work with.
struct Accounts {
  SystemClock clock;
  DataFolder data;
  std::unique_ptr<AccessControl> access;
  Actor actor{.name = "command line", .address = ""};
};

Result<std::unique_ptr<Accounts>> open_accounts(const UserOptions& options) {
  auto made = std::make_unique<Accounts>();
  auto data = DataFolder::open(options.data);
  if (!data) return std::unexpected(data.error());
  made->data = std::move(*data);
  auto access = open_access(*made->data.database, made->clock, options.data);
  if (!access) return std::unexpected(access.error());
  made->access = std::move(*access);
  return made;
}

Result<User> named_user(const Accounts& accounts, const std::string& name) {
  auto user = accounts.data.database->accounts().find_user(name);
  if (!user) return std::unexpected(user.error());
  if (!*user) return fail(ErrorKind::not_found, "there is no user " + name);
  return std::move(**user);
}

Json user_json(const User& user) {
  return {{"id", user.id.str()},
          {"name", user.name},
          {"display_name", user.display_name},
          {"roles", user.roles},
          {"active", user.is_active},
          {"has_password", !user.password_hash.empty()},
          {"last_login_at", user.last_login_at ? Json(format_utc(*user.last_login_at)) : Json(nullptr)}};
}

ExitCode tell(const UserOptions& options, const std::string& line, const Json& json) {
  if (options.json)
    print_json(json);
  else
    std::println("{}", line);
  return 0;
}

ExitCode tell_link(const UserOptions& options, const std::string& secret, const std::string& what) {
  const std::string link = setup_link(options.url, secret);
  return tell(options, what + "\n  " + link, {{"url", link}});
}

ExitCode run_setup_link(const UserOptions& options, Accounts& accounts) {
  const auto token = accounts.access->sign_in.new_setup_token();
  if (!token) return exit_code(token.error());
  if (!*token)
    return exit_code(Error{ErrorKind::conflict, "there are users already: `hadir user passwd NAME` sets a password"});
  return tell_link(options, **token, "Good once, within 24 hours:");
}

ExitCode run_list(const UserOptions& options, Accounts& accounts) {
  const auto users = accounts.data.database->accounts().users();
  if (!users) return exit_code(users.error());
  Json list = Json::array();
  for (const User& user : *users) {
    list.push_back(user_json(user));
    std::string roles;
    for (const auto& role : user.roles) roles += (roles.empty() ? "" : ",") + role;
    const char* state = !user.is_active ? "disabled" : user.password_hash.empty() ? "no password" : "active";
    if (!options.json)
      std::println("{:<24} {:<24} {:<12} {}", user.name, roles, state,
                   user.last_login_at ? format_utc(*user.last_login_at) : "never signed in");
  }
  if (options.json) print_json(list);
  return 0;
}

Result<UserChange> change_in(const UserOptions& options, Accounts& accounts) {
  UserChange change;
  if (!options.display_name.empty()) change.display_name = options.display_name;
  if (!options.roles.empty()) change.roles = options.roles;
  if (!options.departments.empty()) change.departments = options.departments;
  if (!options.cameras.empty()) {
    change.cameras.emplace();
    for (const auto& camera : options.cameras) change.cameras->emplace_back(camera);
  }
  if (!options.person.empty()) {
    const auto person = accounts.data.database->persons().find_by_code(options.person);
    if (!person) return std::unexpected(person.error());
    if (!*person) return fail(ErrorKind::not_found, "--person " + options.person + ": nobody has this code");
    change.person = (*person)->id;
  }
  return change;
}

ExitCode run_add(const UserOptions& options, Accounts& accounts) {
  const auto change = change_in(options, accounts);
  if (!change) return exit_code(change.error());
  std::optional<std::string> password;
  if (!options.invite) {
    auto asked = ask_password(options.name);
    if (!asked) return exit_code(asked.error());
    password = std::move(*asked);
  }
  const auto user = accounts.access->accounts.add_user(options.name, password, *change, accounts.actor);
  if (!user) return exit_code(user.error());
  if (!options.invite) return tell(options, "added " + user->name, user_json(*user));
  const auto token = accounts.access->accounts.invite(user->id, accounts.actor);
  if (!token) return exit_code(token.error());
  return tell_link(options, *token, user->name + " chooses a password there, once, within 72 hours:");
}

ExitCode run_invite(const UserOptions& options, Accounts& accounts) {
  const auto user = named_user(accounts, options.name);
  if (!user) return exit_code(user.error());
  const auto token = accounts.access->accounts.invite(user->id, accounts.actor);
  if (!token) return exit_code(token.error());
  return tell_link(options, *token, user->name + " chooses a password there, once, within 72 hours:");
}

ExitCode run_passwd(const UserOptions& options, Accounts& accounts) {
  const auto user = named_user(accounts, options.name);
  if (!user) return exit_code(user.error());
  const auto password = ask_password(options.name);
  if (!password) return exit_code(password.error());
  if (const auto done = accounts.access->accounts.set_password(user->id, *password, accounts.actor); !done)
    return exit_code(done.error());
  return tell(options, user->name + " has a new password and is signed out everywhere", {{"ok", true}});
}

ExitCode run_change(const UserOptions& options, Accounts& accounts, const UserChange& change) {
  const auto user = named_user(accounts, options.name);
  if (!user) return exit_code(user.error());
  const auto changed = accounts.access->accounts.change_user(user->id, change, accounts.actor);
  if (!changed) return exit_code(changed.error());
  return tell(options, changed->name + " is changed", user_json(*changed));
}

ExitCode run_role(const UserOptions& options, Accounts& accounts) {
  const auto change = change_in(options, accounts);
  return change ? run_change(options, accounts, *change) : exit_code(change.error());
}

ExitCode run_enable(const UserOptions& options, Accounts& accounts) {
  return run_change(options, accounts, {.is_active = true});
}

ExitCode run_disable(const UserOptions& options, Accounts& accounts) {
  return run_change(options, accounts, {.is_active = false});
}

ExitCode run_unlock(const UserOptions& options, Accounts& accounts) {
  const auto done = accounts.access->accounts.unlock(options.name, accounts.actor);
  return done ? tell(options, options.name + " may try again at once", {{"ok", true}}) : exit_code(done.error());
}

ExitCode run_remove(const UserOptions& options, Accounts& accounts) {
  const auto user = named_user(accounts, options.name);
  if (!user) return exit_code(user.error());
  const auto done = accounts.access->accounts.remove_user(user->id, accounts.actor);
  return done ? tell(options, "removed " + user->name, {{"ok", true}}) : exit_code(done.error());
}

}  // namespace

void add_user_command(CLI::App& app, ExitCode& exit) {
  CLI::App* users = app.add_subcommand("user", "Who may sign in, and what they may do");
  users->require_subcommand(1);
  auto options = std::make_shared<UserOptions>();
  const auto add = [&](const char* name, const char* what, ExitCode (*run)(const UserOptions&, Accounts&)) {
    CLI::App* command = users->add_subcommand(name, what);
    command->add_option("--data", options->data, "folder of the database")->capture_default_str();
    command->add_flag("--json", options->json, "answer as JSON");
    command->callback([options, &exit, run] {
      const auto accounts = open_accounts(*options);
      exit = accounts ? run(*options, **accounts) : exit_code(accounts.error());
    });
    return command;
  };
  const auto add_named = [&](const char* name, const char* what, ExitCode (*run)(const UserOptions&, Accounts&)) {
    CLI::App* command = add(name, what, run);
    command->add_option("NAME", options->name, "name to sign in with")->required();
    return command;
  };
  const auto add_rights = [&](CLI::App* command) {
    command->add_option("--role", options->roles, "admin, hr, operator, viewer, self or one of your own")
        ->delimiter(',');
    command->add_option("--camera", options->cameras, "sees only these cameras")->delimiter(',');
    command->add_option("--department", options->departments, "sees only people of these; may be said several times");
    command->add_option("--person", options->person, "employee code of who this user is");
    return command;
  };
  const auto add_url = [&](CLI::App* command) {
    command->add_option("--url", options->url, "address of this hadir, for the link")->capture_default_str();
  };
  add_url(add("setup-link", "print a new link to set hadir up with, while there is no user", run_setup_link));
  add("list", "everybody", run_list);
  CLI::App* adding =
      add_rights(add_named("add", "add one; the password is asked for, or read from standard input", run_add));
  adding->add_option("--display-name", options->display_name, "as shown on pages");
  adding->add_flag("--invite", options->invite, "print a link by which they choose a password themselves");
  add_url(adding);
  add_url(add_named("invite", "print a link by which they choose a (new) password", run_invite));
  add_named("passwd", "set a password; it is asked for, or read from standard input", run_passwd);
  add_rights(add_named("role", "change roles, and what they are narrowed to", run_role));
  add_named("enable", "may sign in again", run_enable);
  add_named("disable", "may not sign in any longer, and is signed out", run_disable);
  add_named("unlock", "forget wrong passwords: no more waiting", run_unlock);
  add_named("remove", "remove one, with their keys", run_remove);
}

}  // namespace hadir
