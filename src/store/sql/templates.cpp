#include <array>
#include <format>

#include <sodium.h>

#include "store/sql/repositories.hpp"
#include "store/sql/statements.hpp"

namespace hadir::sql {
namespace {

constexpr const char* insert_template =
    "INSERT INTO face_templates (id, person_id, model_name, model_sha256, embedding, pose, quality, source, photo,"
    " created_at, is_primary) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
#define HADIR_TEMPLATE_COLUMNS                                                                                  \
  "SELECT t.id, t.person_id, t.model_name, t.model_sha256, t.embedding, t.pose, t.quality, t.source, t.photo, " \
  "t.created_at, t.is_primary FROM face_templates t "
constexpr const char* templates_of_person = HADIR_TEMPLATE_COLUMNS "WHERE t.person_id = ? ORDER BY t.created_at, t.id";
constexpr const char* templates_of_model = HADIR_TEMPLATE_COLUMNS
    "JOIN persons p ON p.id = t.person_id WHERE t.model_sha256 = ? AND t.model_name = ? AND p.status = 'active' "
    "ORDER BY t.person_id, t.created_at, t.id";
#undef HADIR_TEMPLATE_COLUMNS
constexpr const char* insert_rejection =
    "INSERT INTO rejections (id, person_id, model_name, model_sha256, embedding, created_at) VALUES (?, ?, ?, ?, ?, ?)";
constexpr const char* rejections_of_model =
    "SELECT id, person_id, model_name, model_sha256, embedding, created_at FROM rejections "
    "WHERE model_sha256 = ? AND model_name = ? ORDER BY created_at, id";

std::string template_owner(const TemplateId& id, const PersonId& person, const ModelId& model) {
  return cipher_owner("template", id.str(), person.str(), model);
}

std::string random_id() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string hex(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
  hex.pop_back();
  return hex;
}

}  // namespace

Status Templates::add(std::span<const FaceTemplate> templates) {
  return connections_.write_all([&](Connection& connection) -> Status {
    for (const auto& face : templates) {
      auto query = connection.query(insert_template);
      const auto sealed = cipher_.seal(face.embedding, template_owner(face.id, face.person, face.model));
      query.bind(face.id.str()).bind(face.person.str()).bind(face.model.name).bind(face.model.sha256).bind(sealed);
      query.bind(face.pose).bind(face.quality).bind(face.source).bind(face.photo).bind(face.created_at);
      query.bind(face.is_primary);
      query.run();
    }
    return {};
  });
}

Status Templates::remove(const TemplateId& id) {
  return connections_.write([&](Connection& connection) -> Status {
    auto query = connection.query("DELETE FROM face_templates WHERE id = ?");
    if (query.bind(id.str()).run() == 0) return fail(ErrorKind::not_found, "no template " + id.str());
    return {};
  });
}

Result<std::vector<FaceTemplate>> Templates::opened(Query& query) const {
  std::vector<FaceTemplate> templates;
  while (query.step()) {
    FaceTemplate face{.id = TemplateId(query.text(0)),
                      .person = PersonId(query.text(1)),
                      .model = {query.text(2), query.text(3)},
                      .embedding = {},
                      .pose = query.text(5),
                      .quality = query.real(6),
                      .source = query.text(7),
                      .photo = query.text(8),
                      .created_at = query.instant(9),
                      .is_primary = query.boolean(10)};
    auto embedding = cipher_.open(query.blob(4), template_owner(face.id, face.person, face.model));
    if (!embedding)
      return fail(embedding.error().kind, std::format("template {} of person {}: {}", face.id.str(), face.person.str(),
                                                      embedding.error().message));
    face.embedding = std::move(*embedding);
    templates.push_back(std::move(face));
  }
  return templates;
}

Result<std::vector<FaceTemplate>> Templates::of_person(const PersonId& person) const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<FaceTemplate>> {
    auto query = connection.query(templates_of_person);
    query.bind(person.str());
    return opened(query);
  });
}

Result<std::vector<FaceTemplate>> Templates::of_model(const ModelId& model) const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<FaceTemplate>> {
    auto query = connection.query(templates_of_model);
    query.bind(model.sha256).bind(model.name);
    return opened(query);
  });
}

Result<std::vector<Enrolment>> Templates::enrolments() const {
  return list(connections_,
              "SELECT person_id, count(*), min(created_at), max(created_at) FROM face_templates GROUP BY person_id"
              " ORDER BY person_id",
              [](const Query& row) {
                return Enrolment{.person = PersonId(row.text(0)),
                                 .templates = row.integer(1),
                                 .first = row.instant(2),
                                 .last = row.instant(3)};
              });
}

Status Templates::add_rejection(const Rejection& rejection) {
  return connections_.write([&](Connection& connection) -> Status {
    const auto id = random_id();
    const auto sealed =
        cipher_.seal(rejection.embedding, cipher_owner("rejection", id, rejection.person.str(), rejection.model));
    auto query = connection.query(insert_rejection);
    query.bind(id).bind(rejection.person.str()).bind(rejection.model.name).bind(rejection.model.sha256).bind(sealed);
    query.bind(rejection.created_at).run();
    return {};
  });
}

Result<std::vector<Rejection>> Templates::rejections(const ModelId& model) const {
  return connections_.read([&](Connection& connection) -> Result<std::vector<Rejection>> {
    auto query = connection.query(rejections_of_model);
    query.bind(model.sha256).bind(model.name);
    std::vector<Rejection> rejections;
    while (query.step()) {
      Rejection rejection{.person = PersonId(query.text(1)),
                          .model = {query.text(2), query.text(3)},
                          .embedding = {},
                          .created_at = query.instant(5)};
      auto embedding = cipher_.open(query.blob(4),
                                    cipher_owner("rejection", query.text(0), rejection.person.str(), rejection.model));
      if (!embedding) return std::unexpected(embedding.error());
      rejection.embedding = std::move(*embedding);
      rejections.push_back(std::move(rejection));
    }
    return rejections;
  });
}

}  // namespace hadir::sql
