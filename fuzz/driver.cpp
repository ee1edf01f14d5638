// Runs a fuzz target without libFuzzer: every file of the corpus, then random changes of them.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <print>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using Input = std::string;

void run(const Input& input) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
}

/// A few small changes at random places: bytes replaced, removed, doubled, and pieces of another input put in.
Input changed(Input input, const std::vector<Input>& corpus, std::mt19937& random) {
  const auto below = [&random](std::size_t end) { return end == 0 ? 0 : random() % end; };
  static constexpr std::string_view useful = "0123456789b-/,[]{}\":\\\x1e\xFF\x00=+_";
  for (std::size_t changes = 1 + below(6); changes > 0; --changes) {
    const std::size_t at = below(input.size() + 1);
    switch (below(6)) {
      case 0:
        input.insert(at, 1, useful[below(useful.size())]);
        break;
      case 1:
        if (at < input.size()) input[at] = static_cast<char>(random());
        break;
      case 2:
        input.erase(at, 1 + below(8));
        break;
      case 3:
        input.insert(at, input.substr(below(input.size() + 1), 1 + below(64)));
        break;
      case 4: {
        const Input& other = corpus[below(corpus.size())];
        input.insert(at, other.substr(below(other.size() + 1), 1 + below(64)));
        break;
      }
      default:
        input.insert(at, 1 + below(300), useful[below(useful.size())]);
    }
  }
  if (input.size() > 1 << 16) input.resize(1 << 16);
  return input;
}

bool read_number(const char* text, std::uint32_t& number) {
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), number);
  return error == std::errc{} && *end == '\0';
}

}  // namespace

int main(int count, char** values) {
  std::uint32_t runs = 20'000;
  std::uint32_t seed = 1;
  std::vector<Input> corpus;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = values[i];
    if ((word == "--runs" || word == "--seed") && i + 1 < count) {
      if (!read_number(values[++i], word == "--runs" ? runs : seed)) return 2;
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(word)) {
      std::ifstream file(entry.path(), std::ios::binary);
      corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  if (corpus.empty()) {
    std::println(stderr, "usage: fuzz_… [--runs N] [--seed N] CORPUS_FOLDER...; there was nothing in the folders");
    return 2;
  }
  std::ranges::sort(corpus);  // folders have no order of their own
  for (const Input& input : corpus) run(input);
  std::mt19937 random(seed);
  std::vector<Input> grown = corpus;
  for (std::uint32_t i = 0; i < runs; ++i) {
    Input input = changed(grown[random() % grown.size()], corpus, random);
    run(input);
    if (i % 16 == 0 && grown.size() < 2048) grown.push_back(std::move(input));  // changes of changes
  }
  std::println("{} files and {} changes of them, seed {}", corpus.size(), runs, seed);
  return 0;
}
