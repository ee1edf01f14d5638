#include "app/configuration/attendance_environment.hpp"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hadir {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Environment environment(std::map<std::string, std::string, std::less<>> values) {
  return [values = std::move(values)](std::string_view name) -> std::optional<std::string> {
    const auto found = values.find(name);
    return found == values.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(AttendanceEnvironment, NothingSetChangesNothing) {
  SiteSettings site;
  EXPECT_THAT(apply_attendance_environment(environment({{"AUTO_CHECK_IN_THRESHOLD", ""}}), site), IsEmpty());
  EXPECT_TRUE(site.auto_attendance_enabled);
  EXPECT_TRUE(site.face_recognition_enabled);
  EXPECT_EQ(site.auto_check_in_threshold, 0.7);
  EXPECT_EQ(site.auto_checkout_threshold, 0.7);
  EXPECT_EQ(site.duplicate_check_window, std::chrono::minutes(5));
}

TEST(AttendanceEnvironment, Overrides) {
  SiteSettings site;
  EXPECT_THAT(apply_attendance_environment(environment({{"FACE_RECOGNITION_ENABLED", "false"},
                                                        {"AUTO_ATTENDANCE_ENABLED", "0"},
                                                        {"AUTO_CHECK_IN_THRESHOLD", "0.8"},
                                                        {"AUTO_CHECKOUT_THRESHOLD", "1"},
                                                        {"DUPLICATE_CHECK_WINDOW", "10"}}),
                                           site),
              IsEmpty());
  EXPECT_FALSE(site.face_recognition_enabled);
  EXPECT_FALSE(site.auto_attendance_enabled);
  EXPECT_EQ(site.auto_check_in_threshold, 0.8);
  EXPECT_EQ(site.auto_checkout_threshold, 1);
  EXPECT_EQ(site.duplicate_check_window, std::chrono::minutes(10));
}

TEST(AttendanceEnvironment, RefusesByNameTypeAndRange) {
  SiteSettings site;
  EXPECT_THAT(apply_attendance_environment(environment({{"FACE_RECOGNITION_ENABLED", "yes"},
                                                        {"AUTO_CHECK_IN_THRESHOLD", "70"},
                                                        {"AUTO_CHECKOUT_THRESHOLD", "0.7x"},
                                                        {"DUPLICATE_CHECK_WINDOW", "1.5"}}),
                                           site),
              ElementsAre("FACE_RECOGNITION_ENABLED: \"yes\" is not allowed, only true or false",
                          "AUTO_CHECK_IN_THRESHOLD: \"70\" is not allowed, only a number 0..1",
                          "AUTO_CHECKOUT_THRESHOLD: \"0.7x\" is not allowed, only a number 0..1",
                          "DUPLICATE_CHECK_WINDOW: \"1.5\" is not allowed, only a whole number of minutes 0..1440"));
  EXPECT_EQ(site.auto_check_in_threshold, 0.7);
}

}  // namespace
}  // namespace hadir
