#include "app/evaluation/photo_faces.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "app/evaluation/csv_table.hpp"

namespace hadir {
namespace {

/// Finds a face only on inputs no larger than a given size, as a detector does with a face that fills the picture.
class LargeFaceDetector final : public FaceDetector {
 public:
  explicit LargeFaceDetector(int largest) : largest_(largest) {}
  int calls = 0;
  Result<std::vector<Detection>> detect(const Frame&, Size input, std::optional<Rect>) override {
    ++calls;
    if (input.width > largest_) return std::vector<Detection>{};
    return std::vector<Detection>{{{0, 0, 100, 100}, {}, 0.9F}};
  }

 private:
  int largest_;
};

TEST(FindPhotoFaces, TriesSmallerScalesUntilItFindsSomething) {
  LargeFaceDetector usual(640), close(200), blind(0);
  EXPECT_EQ(find_photo_faces(usual, Frame{})->size(), 1U);
  EXPECT_EQ(usual.calls, 1);
  EXPECT_EQ(find_photo_faces(close, Frame{})->size(), 1U);
  EXPECT_EQ(close.calls, 3);
  EXPECT_TRUE(find_photo_faces(blind, Frame{})->empty());
}

TEST(CentralFace, IsTheOneNearestTheMiddle) {
  const std::vector<Detection> faces{{{0, 0, 50, 50}, {}, 0.99F}, {{90, 90, 30, 30}, {}, 0.5F}};
  EXPECT_EQ(central_face(faces, {200, 200}), &faces[1]);
  EXPECT_EQ(central_face({}, {200, 200}), nullptr);
}

TEST(LandmarksInMiddle, AreAFaceThatCoversTheMiddle) {
  const auto landmarks = landmarks_in_middle({250, 500});
  EXPECT_FLOAT_EQ(landmarks[0].x, 104.75F);
  EXPECT_FLOAT_EQ(landmarks[0].y, 226);
  EXPECT_LT(landmarks[0].x, landmarks[1].x);
  EXPECT_GT(landmarks[3].y, landmarks[2].y);
  EXPECT_TRUE(covers_middle({100, 200, 50, 100}, {250, 500}));
  EXPECT_FALSE(covers_middle({126, 200, 50, 100}, {250, 500}));
  EXPECT_FALSE(covers_middle({100, 251, 50, 100}, {250, 500}));
}

class CsvTest : public testing::Test {
 protected:
  void SetUp() override { file_ = std::filesystem::temp_directory_path() / std::format("hadir-csv-{}", ::getpid()); }
  void TearDown() override { std::filesystem::remove(file_); }
  Result<std::vector<CsvRow>> read(const std::string& text) {
    std::ofstream(file_) << text;
    return read_csv(file_, {"person", "file"});
  }
  std::filesystem::path file_;
};

TEST_F(CsvTest, FindsColumnsByName) {
  const auto rows = read("file,person\r\na.jpg,Ana\r\n\nb.jpg,Budi\n");
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(1).at("person"), "Budi");
}

TEST_F(CsvTest, SaysWhatIsWrongAndWhere) {
  EXPECT_NE(read("file,name\na,b\n").error().message.find("\"person\""), std::string::npos);
  EXPECT_NE(read("file,person\na,b,c\n").error().message.find("line 2"), std::string::npos);
  EXPECT_NE(read("file,person\n").error().message.find("no rows"), std::string::npos);
  EXPECT_EQ(read_csv("/nowhere.csv", {}).error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace hadir
