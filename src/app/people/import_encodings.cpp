#include "app/people/import_encodings.hpp"

#include <algorithm>
#include <format>
#include <istream>
#include <map>
#include <ostream>
#include <ranges>

#include "app/people/encoding_exchange.hpp"

namespace hadir {
namespace {

constexpr std::size_t longest_line = 4 << 20;  // a thousand encodings

/// What a line asks of the database.
struct Change {
  Person person;
  bool is_new = false;
  bool differs = false;  ///< the person's own fields
  std::vector<FaceTemplate> templates;
};

class EncodingImport {
 public:
  EncodingImport(Database& database, const ModelId& model, const Clock& clock, UuidSource& uuids)
      : database_(database), model_(model), now_(clock.now()), uuids_(uuids) {}

  Status read(std::istream& file);
  Status write();
  EncodingImportReport report;

 private:
  Status read_line(const std::string& text, EncodingImportLine& line);
  Result<Change> change_for(const ExchangedPerson& given);
  Status add_encodings(const ExchangedPerson& given, Change& change);

  Database& database_;
  const ModelId& model_;
  const Instant now_;
  UuidSource& uuids_;
  std::map<std::string, std::size_t> first_line_of_;  ///< by employee code
  std::vector<Change> changes_;
};

bool same(const Embedding& a, const Embedding& b) {
  return std::ranges::equal(a.values(), b.values());
}

template <class T>
void take(const T& given, T& into, bool& differs) {
  if (given == into) return;
  into = given;
  differs = true;
}

void take_text(const std::string& given, std::string& into, bool& differs) {
  if (!given.empty()) take(given, into, differs);
}

void take_fields(const ExchangedPerson& given, Person& person, bool& differs) {
  take_text(given.name, person.name, differs);
  take_text(given.first_name, person.first_name, differs);
  take_text(given.last_name, person.last_name, differs);
  take_text(given.email, person.email, differs);
  take_text(given.phone, person.phone, differs);
  take_text(given.department, person.department, differs);
  take_text(given.organisation, person.organisation, differs);
  if (given.type) take(*given.type, person.type, differs);
  if (given.status) take(*given.status, person.status, differs);
}

Status EncodingImport::read(std::istream& file) {
  std::string text;
  for (std::size_t number = 1; std::getline(file, text); ++number) {
    if (text.ends_with('\r')) text.pop_back();
    if (number == 1 && text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    if (text.find_first_not_of(" \t") == std::string::npos) continue;
    EncodingImportLine line;
    line.line = number;
    if (auto done = read_line(text, line); !done) return done;
    switch (line.verdict) {
      case ImportVerdict::added:
        ++report.added;
        break;
      case ImportVerdict::changed:
        ++report.changed;
        break;
      case ImportVerdict::unchanged:
        ++report.unchanged;
        break;
      case ImportVerdict::refused:
        ++report.refused;
        break;
    }
    report.encodings += line.encodings;
    report.lines.push_back(std::move(line));
  }
  return {};
}

Status EncodingImport::read_line(const std::string& text, EncodingImportLine& line) {
  const auto refuse = [&](std::string reason) -> Status {
    line.reason = std::move(reason);
    return {};
  };
  if (text.size() > longest_line) return refuse("the line is longer than 4 MiB");
  const auto given = person_from_line(text);
  if (!given) return refuse(given.error().message);
  line.employee_code = given->employee_code;
  line.name = given->name;
  if (const auto [first, is_new] = first_line_of_.emplace(given->employee_code, line.line); !is_new)
    return refuse(std::format("employee code {} was on line {} already", given->employee_code, first->second));
  auto change = change_for(*given);
  if (!change) return std::unexpected(change.error());
  if (change->is_new && change->templates.empty()) return refuse("somebody new without face_encodings");
  line.encodings = change->templates.size();
  if (change->is_new)
    line.verdict = ImportVerdict::added;
  else if (change->differs || !change->templates.empty())
    line.verdict = ImportVerdict::changed;
  else
    line.verdict = ImportVerdict::unchanged;
  if (line.verdict != ImportVerdict::unchanged) changes_.push_back(std::move(*change));
  return {};
}

Result<Change> EncodingImport::change_for(const ExchangedPerson& given) {
  auto found = database_.persons().find_by_code(given.employee_code);
  if (!found) return std::unexpected(found.error());
  Change change;
  if (*found) {
    change.person = std::move(**found);
  } else {
    change.is_new = true;
    change.person.id = PersonId(uuids_.next(now_));
    change.person.employee_code = given.employee_code;
    change.person.created_at = now_;
  }
  take_fields(given, change.person, change.differs);
  change.person.updated_at = now_;  // a running server looks for people whose record has changed
  if (auto added = add_encodings(given, change); !added) return std::unexpected(added.error());
  return change;
}

Status EncodingImport::add_encodings(const ExchangedPerson& given, Change& change) {
  std::vector<FaceTemplate> before;
  if (!change.is_new) {
    auto kept = database_.templates().of_person(change.person.id);
    if (!kept) return std::unexpected(kept.error());
    before = std::move(*kept);
  }
  for (const auto& encoding : given.encodings) {
    const auto is_same = [&](const FaceTemplate& face) {
      return face.model == model_ && same(face.embedding, encoding.embedding);
    };
    if (std::ranges::any_of(before, is_same) || std::ranges::any_of(change.templates, is_same)) continue;
    change.templates.push_back({.id = TemplateId(uuids_.next(now_)),
                                .person = change.person.id,
                                .model = model_,
                                .embedding = encoding.embedding,
                                .pose = "front",
                                .quality = encoding.confidence,
                                .source = "import",
                                .photo = "",
                                .created_at = now_});
  }
  return {};
}

Status EncodingImport::write() {
  auto written = database_.in_transaction([&]() -> Status {
    for (const auto& change : changes_) {
      auto done = change.is_new ? database_.persons().add(change.person) : database_.persons().update(change.person);
      if (done) done = database_.templates().add(change.templates);
      if (!done) return done;
    }
    return {};
  });
  report.written = written.has_value();
  return written;
}

}  // namespace

const char* to_text(ImportVerdict verdict) {
  switch (verdict) {
    case ImportVerdict::added:
      return "added";
    case ImportVerdict::changed:
      return "changed";
    case ImportVerdict::unchanged:
      return "unchanged";
    case ImportVerdict::refused:
      return "refused";
  }
  return "";
}

Result<EncodingImportReport> import_encodings(std::istream& file, Database& database, const ModelId& model,
                                              const Clock& clock, UuidSource& uuids,
                                              const EncodingImportOptions& options) {
  EncodingImport import(database, model, clock, uuids);
  if (auto read = import.read(file); !read) return std::unexpected(read.error());
  const bool may_write = !options.dry_run && (import.report.refused == 0 || options.skip_refused);
  if (may_write)
    if (auto written = import.write(); !written) return std::unexpected(written.error());
  return std::move(import.report);
}

Result<EncodingExport> export_encodings(std::ostream& file, Database& database, const ModelId& model,
                                        const std::optional<std::string>& employee_code) {
  auto people = database.persons().list();
  if (!people) return std::unexpected(people.error());
  if (employee_code) {
    std::erase_if(*people, [&](const Person& person) { return person.employee_code != *employee_code; });
    if (people->empty()) return fail(ErrorKind::not_found, std::format("nobody has the code {}", *employee_code));
  }
  EncodingExport counts;
  for (const auto& person : *people) {
    auto faces = database.templates().of_person(person.id);
    if (!faces) return std::unexpected(faces.error());
    std::erase_if(*faces, [&](const FaceTemplate& face) { return face.model != model; });
    if (faces->empty()) continue;
    if (std::ranges::any_of(
            *faces, [](const FaceTemplate& face) { return face.embedding.dimensions() != exchanged_dimensions; }))
      return fail(ErrorKind::invalid_input, std::format("the templates of {} are not dlib's", model.name));
    // In an order that does not depend on the ids, so that the same people give the same file.
    std::ranges::sort(*faces, [](const FaceTemplate& a, const FaceTemplate& b) {
      if (a.created_at != b.created_at) return a.created_at < b.created_at;
      return std::ranges::lexicographical_compare(a.embedding.values(), b.embedding.values());
    });
    file << line_of(person, *faces) << '\n';
    ++counts.people;
    counts.encodings += faces->size();
  }
  return counts;
}

}  // namespace hadir
