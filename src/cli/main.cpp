#include "cli/command.hpp"

int main(int argc, char** argv) {
  return hadir::run_command_line(argc, argv);
}
