#include "app/configuration/configuration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "app/configuration/camera_address.hpp"
#include "app/configuration/json_file.hpp"
#include "app/configuration/nearest_name.hpp"
#include "app/configuration/parameter_table.hpp"

namespace hadir {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ConfigurationTest : public testing::Test {
 protected:
  ConfigurationTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::temp_directory_path() / std::format("hadir-configuration-{}-{}", test->name(), getpid());
    fs::create_directories(root_);
  }
  ~ConfigurationTest() override { fs::remove_all(root_); }

  void write(const fs::path& file, const std::string& text) {
    fs::create_directories((root_ / file).parent_path());
    std::ofstream(root_ / file) << text;
  }
  void write_parameters(const std::string& text) { write("config/parameter_config.json", text); }
  void write_camera(const std::string& folder, const std::string& text) {
    write("camera_configs/" + folder + "/config.json", text);
  }
  Result<Configuration> load() {
    return load_configuration(root_, [this](std::string_view name) -> std::optional<std::string> {
      const auto found = environment_.find(std::string(name));
      if (found == environment_.end()) return std::nullopt;
      return found->second;
    });
  }
  std::string refusal() {
    const auto loaded = load();
    return loaded ? "accepted" : loaded.error().message;
  }

  fs::path root_;
  std::map<std::string, std::string> environment_;
};

TEST_F(ConfigurationTest, NoFilesMeanDefaultsAndNoCameras) {
  const auto loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->settings.analysis.fps_target, 8);
  EXPECT_EQ(loaded->settings.analysis.recognition_threshold, std::nullopt);
  EXPECT_THAT(loaded->settings.cameras, IsEmpty());
  EXPECT_THAT(loaded->warnings, ElementsAre(HasSubstr("there are no cameras")));
}

TEST_F(ConfigurationTest, AMissingFolderIsNamed) {
  const auto loaded = load_configuration(root_ / "nowhere", process_environment());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().kind, ErrorKind::not_found);
  EXPECT_THAT(loaded.error().message, HasSubstr("nowhere: no such configuration folder"));
}

TEST_F(ConfigurationTest, EveryParameterCanBeReadBackFromItsOwnDefault) {
  Settings defaults;
  nlohmann::ordered_json all;
  for (const Parameter& parameter : parameters()) all[std::string(parameter.key)] = parameter.read(target_of(defaults));
  write_parameters(all.dump(2));
  const auto loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  Settings settings = loaded->settings;
  for (const Parameter& parameter : parameters())
    EXPECT_EQ(parameter.read(target_of(settings)), parameter.read(target_of(defaults))) << parameter.key;
}

TEST_F(ConfigurationTest, KeysAreUniqueAndEveryOneOfTheDocumentsIsThere) {
  std::vector<std::string_view> keys;
  for (const Parameter& parameter : parameters()) keys.push_back(parameter.key);
  std::ranges::sort(keys);
  EXPECT_EQ(std::ranges::adjacent_find(keys), keys.end());
  for (const char* key : {"providers",
                          "fps_target",
                          "stream_max_width",
                          "jpeg_quality",
                          "use_gstreamer_rtsp",
                          "rtsp_protocol",
                          "gst_latency_ms",
                          "tracker_iou_threshold",
                          "tracker_max_misses",
                          "smoothing_window",
                          "smoothing_min_votes",
                          "tracking_timeout",
                          "present_timeout_sec",
                          "alert_min_interval_sec",
                          "attendance_first_in_overwrite_enabled",
                          "attendance_last_out_delay_sec",
                          "attendance_captures_retention_days",
                          "event_min_interval_sec",
                          "quality_min_blur_var",
                          "quality_min_face_area_frac",
                          "quality_min_brightness",
                          "quality_max_brightness",
                          "quality_min_score",
                          "recognition_threshold",
                          "detection_size",
                          "annotation_stride",
                          "frame_skip"})
    EXPECT_NE(find_parameter(key), nullptr) << key;
}

TEST_F(ConfigurationTest, DocumentedDefaultsHold) {
  Settings settings;
  const auto value = [&](const char* key) { return find_parameter(key)->read(target_of(settings)); };
  EXPECT_EQ(value("smoothing_window"), 5);
  EXPECT_EQ(value("smoothing_min_votes"), 3);
  EXPECT_EQ(value("tracker_iou_threshold"), 0.3);
  EXPECT_EQ(value("tracker_max_misses"), 8);
  EXPECT_EQ(value("event_min_interval_sec"), 5);
  EXPECT_EQ(value("fps_target"), 8);
  EXPECT_EQ(value("stream_max_width"), 720);
  EXPECT_EQ(value("present_timeout_sec"), 60);
  EXPECT_EQ(value("providers"), "TensorrtExecutionProvider, CUDAExecutionProvider, CPUExecutionProvider");
}

TEST_F(ConfigurationTest, ValuesOutsideTheirRangeAreRefusedByFileKeyValueAndRange) {
  for (const Parameter& parameter : parameters()) {
    if (parameter.kind != ParameterKind::number && parameter.kind != ParameterKind::integer) continue;
    for (const double outside : {parameter.lowest - 1, parameter.highest + 1}) {
      write_parameters(std::format(R"({{"{}": {}}})", parameter.key, outside));
      EXPECT_THAT(refusal(), HasSubstr("parameter_config.json: " + std::string(parameter.key) + ": ")) << outside;
      EXPECT_THAT(refusal(), HasSubstr(allowed_values(parameter)));
    }
  }
  write_parameters(R"({"fps_target": 100})");
  EXPECT_THAT(refusal(), HasSubstr("fps_target: 100 is not allowed, only a number 0.1..60"));
}

TEST_F(ConfigurationTest, ValuesOfTheWrongTypeAreRefused) {
  for (const Parameter& parameter : parameters()) {
    for (const char* wrong : {"[]", "{}", "null"}) {
      if (parameter.may_be_null && std::string_view(wrong) == "null") continue;
      write_parameters(std::format(R"({{"{}": {}}})", parameter.key, wrong));
      EXPECT_THAT(refusal(), HasSubstr(std::string(parameter.key) + ": ")) << wrong;
    }
  }
  write_parameters(R"({"fps_target": "8"})");
  EXPECT_THAT(refusal(), HasSubstr("fps_target: \"8\" is not allowed"));
  write_parameters(R"({"smoothing_window": 2.5})");
  EXPECT_THAT(refusal(), HasSubstr("smoothing_window: 2.5 is not allowed, only a whole number 1..100"));
  write_parameters(R"({"liveness": 1})");
  EXPECT_THAT(refusal(), HasSubstr("liveness: 1 is not allowed, only true or false"));
  write_parameters(R"({"rtsp_protocol": "sctp"})");
  EXPECT_THAT(refusal(), HasSubstr("tcp or udp"));
  write_parameters(R"({"time_zone": "Mars/Olympus"})");
  EXPECT_THAT(refusal(), HasSubstr("time_zone: \"Mars/Olympus\" is not allowed"));
  write_parameters(R"({"day_starts_at": "24:00"})");
  EXPECT_THAT(refusal(), HasSubstr("day_starts_at"));
  write_parameters(R"({"providers": "CPUExecutionProvider, Abacus"})");
  EXPECT_THAT(refusal(), HasSubstr("providers"));
}

TEST_F(ConfigurationTest, AllProblemsAreToldAtOnce) {
  write_parameters(R"({"fps_target": 0, "jpeg_quality": 101})");
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("fps_target"), HasSubstr("\n"), HasSubstr("jpeg_quality")));
}

TEST_F(ConfigurationTest, RulesBetweenParametersHold) {
  write_parameters(R"({"smoothing_window": 2})");
  EXPECT_THAT(refusal(), HasSubstr("smoothing_min_votes (3) must not be more than smoothing_window (2)"));
  write_parameters(R"({"quality_min_brightness": 0.95})");
  EXPECT_THAT(refusal(), HasSubstr("quality_min_brightness (0.95) must be less than quality_max_brightness (0.9)"));
}

TEST_F(ConfigurationTest, DetectionSizeHasThreeSpellings) {
  for (const auto& [text, size] : std::vector<std::pair<std::string, Size>>{
           {"640", {640, 640}}, {"[640, 384]", {640, 384}}, {"\"320x192\"", {320, 192}}, {"\"320\"", {320, 320}}}) {
    write_parameters(std::format(R"({{"detection_size": {}}})", text));
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->settings.analysis.detection_size, size) << text;
  }
  for (const char* wrong : {"[640]", "\"640x\"", "\"x384\"", "\"640 x 384\"", "10", "[640, -1]", "\"\"", "true"}) {
    write_parameters(std::format(R"({{"detection_size": {}}})", wrong));
    EXPECT_THAT(refusal(), HasSubstr("detection_size")) << wrong;
  }
}

TEST_F(ConfigurationTest, ProvidersMayBeAListOrACommaText) {
  write_parameters(R"({"providers": "  CUDAExecutionProvider ,CPUExecutionProvider"})");
  EXPECT_EQ(load()->settings.models.providers, "CUDAExecutionProvider, CPUExecutionProvider");
  write_parameters(R"({"providers": ["CPUExecutionProvider"]})");
  EXPECT_EQ(load()->settings.models.providers, "CPUExecutionProvider");
}

TEST_F(ConfigurationTest, TimesOfDayAndThresholdsAreRead) {
  write_parameters(R"({"day_starts_at": "04:30", "recognition_threshold": 0.42, "time_zone": "Asia/Jakarta"})");
  const auto loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->settings.site.day_starts_at, std::chrono::minutes{270});
  EXPECT_EQ(loaded->settings.analysis.recognition_threshold, 0.42);
  EXPECT_EQ(loaded->settings.site.time_zone, "Asia/Jakarta");
  write_parameters(R"({"recognition_threshold": null})");
  EXPECT_EQ(load()->settings.analysis.recognition_threshold, std::nullopt);
}

TEST_F(ConfigurationTest, UnknownKeysWarnWithTheNearestName) {
  write_parameters(R"({"fps_targt": 5, "smothing_window": 4, "colour": "red", "_comment": "mine"})");
  const auto loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_THAT(loaded->warnings,
              ElementsAre(HasSubstr("parameter_config.json: fps_targt: unknown key, ignored; did you mean fps_target?"),
                          HasSubstr("did you mean smoothing_window?"), Not(HasSubstr("did you mean")),
                          HasSubstr("there are no cameras")));
}

TEST_F(ConfigurationTest, RepeatedKeysWarn) {
  write_parameters(R"({"fps_target": 5, "fps_target": 6})");
  const auto loaded = load();
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->settings.analysis.fps_target, 6);
  EXPECT_THAT(loaded->warnings, testing::Contains(HasSubstr("fps_target: stands there more than once")));
}

TEST_F(ConfigurationTest, BrokenJsonIsPlacedByLineAndColumn) {
  write_parameters("{\n  \"fps_target\": 5,\n  \"loop\": tru\n}");
  EXPECT_THAT(refusal(), HasSubstr("parameter_config.json:3:14: not valid JSON"));
  write_parameters("[1, 2]");
  EXPECT_THAT(refusal(), HasSubstr("one JSON object"));
  write_parameters("");
  EXPECT_THAT(refusal(), HasSubstr("parameter_config.json:1:1: not valid JSON"));
  write_parameters("{\"name\": \"\xff\xfe\"}");
  EXPECT_THAT(refusal(), HasSubstr("not valid JSON"));
  write_parameters(R"({"fps_target": 1e400})");
  EXPECT_THAT(refusal(), HasSubstr("a number is too large"));
}

TEST_F(ConfigurationTest, CamerasAreReadInNaturalOrderWithOverrides) {
  write("clip.mp4", "x");
  write_parameters(R"({"fps_target": 5, "jpeg_quality": 70})");
  write_camera("CAM10", R"({"rtsp_url": "clip.mp4", "loop": true})");
  write_camera("CAM2", R"({"id": 2, "name": "Main Entrance", "rtsp_url": "rtsp://192.168.1.100:554/stream",
                           "detect_url": "rtsp://192.168.1.100:554/sub", "enabled": false, "location": "Gate",
                           "fps_target": 3, "smoothing_window": 9, "rtsp_protocol": "udp"})");
  const auto loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_THAT(loaded->warnings, IsEmpty());
  ASSERT_EQ(loaded->settings.cameras.size(), 2U);
  const CameraSettings& entrance = loaded->settings.cameras[0];
  EXPECT_EQ(entrance.id, "CAM2");
  EXPECT_EQ(entrance.name, "Main Entrance");
  EXPECT_EQ(entrance.url, "rtsp://192.168.1.100:554/stream");
  EXPECT_EQ(entrance.detect_url, "rtsp://192.168.1.100:554/sub");
  EXPECT_EQ(entrance.location, "Gate");
  EXPECT_FALSE(entrance.enabled);
  EXPECT_EQ(entrance.analysis.fps_target, 3);
  EXPECT_EQ(entrance.analysis.smoothing_window, 9);
  EXPECT_EQ(entrance.stream.rtsp_protocol, "udp");
  const CameraSettings& clip = loaded->settings.cameras[1];
  EXPECT_EQ(clip.id, "CAM10");
  EXPECT_EQ(clip.name, "CAM10");
  EXPECT_EQ(clip.url, (root_ / "clip.mp4").string());
  EXPECT_EQ(clip.analysis.fps_target, 5);
  EXPECT_TRUE(clip.stream.loop);
}

TEST_F(ConfigurationTest, TheSameCameraIdTwiceIsRefused) {
  write_camera("CAM1", R"({"id": 1, "rtsp_url": "rtsp://a/1"})");
  write_camera("CAM2", R"({"id": "CAM1", "rtsp_url": "rtsp://a/2"})");
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("CAM2/config.json: id: CAM1 is already the id in"),
                                        HasSubstr("CAM1/config.json")));
}

TEST_F(ConfigurationTest, SiteKeysInACameraFileAndCameraKeysInTheSiteFileWarn) {
  write_parameters(R"({"rtsp_url": "rtsp://a/1"})");
  write_camera("CAM1", R"({"rtsp_url": "rtsp://a/1", "jpeg_quality": 50, "rtsp_ur": "x", "id": 7})");
  const auto loaded = load();
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->settings.site.jpeg_quality, 80);
  EXPECT_THAT(loaded->warnings,
              testing::UnorderedElementsAre(HasSubstr("jpeg_quality: is the same for all cameras"),
                                            HasSubstr("rtsp_url: belongs into a camera's own"),
                                            HasSubstr("did you mean rtsp_url?"), HasSubstr("id: CAM7 differs")));
}

TEST_F(ConfigurationTest, ASitesNameIsOneShortLine) {
  std::string letters;
  for (int i = 0; i < 80; ++i) letters += "é";
  write_parameters("{\"site_name\": \"" + letters + "\"}");
  EXPECT_EQ(load()->settings.site.site_name, letters);
  write_parameters("{\"site_name\": \"" + letters + "x\"}");
  EXPECT_THAT(refusal(), HasSubstr("only a line of at most 80 characters"));
  write_parameters(R"({"site_name": "Kantor\nPusat"})");
  EXPECT_THAT(refusal(), HasSubstr("site_name"));
}

TEST_F(ConfigurationTest, ACameraWithoutAnAddressIsRefused) {
  write_camera("CAM1", R"({"name": "door"})");
  EXPECT_THAT(refusal(), HasSubstr("CAM1/config.json: rtsp_url: is missing"));
}

TEST_F(ConfigurationTest, CredentialsNeverStandInMessages) {
  write_camera("CAM1", R"({"rtsp_url": "exec://admin:hunter2@host/x", "name": 5})");
  EXPECT_THAT(refusal(), testing::AllOf(HasSubstr("rtsp_url"), Not(HasSubstr("hunter2")), HasSubstr("name")));
}

TEST_F(ConfigurationTest, AddressesPassAnAllowList) {
  write("clip.mp4", "x");
  for (const char* good : {"rtsp://user:pw@10.0.0.1:554/h264", "rtsps://cam/1", "HTTP://cam/mjpg", "https://cam/", "0",
                           "/dev/video1", "clip.mp4"})
    EXPECT_TRUE(checked_camera_address(good, root_)) << good;
  for (const char* bad : {"", "file:///etc/passwd", "exec:rm", "concat:a|b", "rtsp://", "rtsp://:554/x", "rtsp:cam",
                          "nowhere.mp4", "/dev/mem", "/dev/video", "ftp://a/b", "rtsp://a\nb", "data:x", "."})
    EXPECT_FALSE(checked_camera_address(bad, root_)) << bad;
}

TEST(NearestNameTest, CountsSingleSlips) {
  EXPECT_EQ(edit_distance("fps", "fps"), 0U);
  EXPECT_EQ(edit_distance("fsp", "fps"), 1U);
  EXPECT_EQ(edit_distance("FPS", "fps"), 0U);
  EXPECT_EQ(edit_distance("", "abc"), 3U);
  EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
}

TEST(ParameterDocumentTest, TheCommittedDocumentIsTheTables) {
  std::ifstream file(HADIR_SOURCE_DIR "/docs/configuration.md");
  const std::string committed{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(committed, parameters_as_markdown())
      << "run: build/hadir doctor --print-parameters > docs/configuration.md";
}

TEST_F(ConfigurationTest, DlibsModelsAreChosenByTheEnvironment) {
  EXPECT_EQ(load()->settings.models.pack, "");
  for (const auto& [value, pack] : {std::pair{"hog", "dlib"}, {"cnn", "dlib-cnn"}, {"", ""}}) {
    environment_ = {{"FACE_RECOGNITION_MODEL", value}};
    const auto loaded = load();
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->settings.models.pack, pack);
    EXPECT_THAT(loaded->warnings, ElementsAre(HasSubstr("there are no cameras")));
  }
  environment_ = {{"FACE_RECOGNITION_MODEL", "HOG"}};
  EXPECT_EQ(refusal(), "FACE_RECOGNITION_MODEL: \"HOG\" is not allowed, only hog or cnn");
  // It counts more than the file, which is said.
  write_parameters(R"({"model_pack": "w600k"})");
  environment_ = {{"FACE_RECOGNITION_MODEL", "cnn"}};
  const auto both = load();
  ASSERT_TRUE(both) << both.error().message;
  EXPECT_EQ(both->settings.models.pack, "dlib-cnn");
  EXPECT_THAT(both->warnings, testing::Contains(HasSubstr("model_pack \"w600k\" is not used")));
}

}  // namespace
}  // namespace hadir
